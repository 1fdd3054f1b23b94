import * as z from 'zod/mini';
import { backupOrders, backupStates } from '#shared/backups/backups.contract.ts';

/** What the list is narrowed to; it stands in the address. */
export const backupsFilter = z.object({
  state: z.optional(z.enum(backupStates)),
  type: z.optional(z.enum(['incremental', 'full'])),
  namespace: z.optional(z.string()),
  search: z.optional(z.string()),
  order: z.optional(z.enum(backupOrders)),
});
export type BackupsFilter = z.infer<typeof backupsFilter>;
