import { Queue } from '../../features/queue/queue.tsx';

export const QueuePage = () => <Queue />;
