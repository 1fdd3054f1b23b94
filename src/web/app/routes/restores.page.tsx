import { RestoresList } from '../../features/restores/restores-list.tsx';

export const RestoresPage = () => <RestoresList />;
