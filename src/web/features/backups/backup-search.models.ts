import * as z from 'zod/mini';
import { searchParam } from '../../lib/search-params.models.ts';

/** What of a backup is looked at; it stands in the address. */
export const backupSearch = z.object({
  tab: searchParam(z.enum(['contents', 'compare', 'activity'])),
  /** The folder that is open. */
  prefix: searchParam(z.string()),
  /** The object that is read. */
  object: searchParam(z.string()),
  /** Compared with: another backup, or `live`. */
  to: searchParam(z.string()),
});
export type BackupSearch = z.infer<typeof backupSearch>;
