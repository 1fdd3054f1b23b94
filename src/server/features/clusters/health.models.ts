import type { Cluster } from '#shared/clusters/clusters.contract.ts';

/** What is known of a cluster. `uid`: the one it has now, whatever was pinned. */
export type Health = Pick<Cluster, 'state' | 'problem' | 'version' | 'uid'>;

export const notLookedAt: Health = {
  state: 'unknown',
  problem: 'It has not been asked yet.',
  version: null,
  uid: null,
};

export type Rights = { readsAll: boolean; writes: boolean };

/** What a person should know about partial rights; null when nothing is missing. */
export function sentenceOn({ readsAll, writes }: Rights): string | null {
  const reads = readsAll
    ? null
    : 'Lifeboat may not read everything here: kinds that it may not read are listed as not backed up.';
  const writing = writes
    ? null
    : 'Lifeboat may read but not write here: backups work, restores need the restore role.';
  return [reads, writing].filter((sentence) => sentence !== null).join(' ') || null;
}

type Failure = { status: number; reason: string; message: string };

/** Why a cluster did not answer as it should, and what to do. */
export function sentenceOf({ status, reason, message }: Failure): string {
  if (status === 401)
    return 'It refused the credentials: they are wrong or have expired. Renew them; the kubeconfig is read again by itself.';
  if (status === 403)
    return `Lifeboat may not read the namespace kube-system there: ${message}. Give it the reading role.`;
  if (reason === 'NoCredentials') return `${message}. Correct the kubeconfig.`;
  if (reason === 'TlsFailed')
    return `${message}. Check the certificate authority in the kubeconfig.`;
  if (status === 0) return `${message}. Check that the cluster runs and that its address is right.`;
  return `It answers with errors (${status}): ${message}. Look at its API server.`;
}
