import * as z from 'zod/mini';

/** What of a backup is looked at; it stands in the address. */
export const backupSearch = z.object({
  tab: z.optional(z.enum(['contents', 'compare', 'activity'])),
  /** The folder that is open. */
  prefix: z.optional(z.string()),
  /** The object that is read. */
  object: z.optional(z.string()),
  /** Compared with: another backup, or `live`. */
  to: z.optional(z.string()),
});
export type BackupSearch = z.infer<typeof backupSearch>;
