import { backupsApi } from '#shared/backups/backups.contract.ts';
import { type Acting, useAct } from './act.ts';
import { keys } from './keys.ts';

/** Reads a backup completely and compares it with its checksums; offered wherever a backup is named. */
export const useVerify = (cluster: string, backup: string): Acting<typeof backupsApi.verify> =>
  useAct({
    endpoint: backupsApi.verify,
    words: {
      doing: `Verifying ${backup}`,
      done: () => `Verification of ${backup} has begun`,
    },
    invalidates: [keys.cluster(cluster)],
  });
