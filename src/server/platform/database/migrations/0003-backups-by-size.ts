import { index } from '../definitions.ts';

/** Lists in the order of size are paged by key, as all lists are. */
export const backupsBySize = index('backup_by_size', 'backup', ['cluster', 'bytes', 'id']);
