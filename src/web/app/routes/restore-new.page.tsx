import { getRouteApi } from '@tanstack/react-router';
import { RestoreWizard } from '../../features/restores/restore-wizard.tsx';

const route = getRouteApi('/cluster/restores/new');

export const NewRestorePage = () => <RestoreWizard search={route.useSearch()} />;
