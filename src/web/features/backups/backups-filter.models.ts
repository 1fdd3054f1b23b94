import * as z from 'zod/mini';
import { searchParam } from '../../lib/search-params.models.ts';
import { backupOrders, backupStates } from '#shared/backups/backups.contract.ts';

/** What the list is narrowed to; it stands in the address. */
export const backupsFilter = z.object({
  state: searchParam(z.enum(backupStates)),
  type: searchParam(z.enum(['incremental', 'full'])),
  namespace: searchParam(z.string()),
  search: searchParam(z.string()),
  order: searchParam(z.enum(backupOrders)),
});
export type BackupsFilter = z.infer<typeof backupsFilter>;
