import { createHash } from 'node:crypto';
import { canonicalJson } from '../../platform/canonical-json.models.ts';

/** What of a row its hash vouches for: everything but the hash itself. */
export type Link = {
  seq: number;
  at: number;
  actor: string;
  action: string;
  cluster: string | null;
  target_json: string;
  outcome: string;
  code: string | null;
  previous: string;
};
export type Chained = Link & { hash: string };

/** What stands before the first entry. */
const beginning = '0'.repeat(64);

/** SHA-256, in hex, over the entry as canonical JSON and the hash of the one before. */
export const hashOf = ({
  seq,
  at,
  actor,
  action,
  cluster,
  target_json,
  outcome,
  code,
  previous,
}: Link) =>
  createHash('sha256')
    .update(
      `${previous}\n${canonicalJson({ seq, at, actor, action, cluster, target_json, outcome, code })}`,
    )
    .digest('hex');

/** `seq` and hash of the entry that the next one follows. */
export type Head = { seq: number; hash: string };
export const emptyHead: Head = { seq: 0, hash: beginning };

/** The first place where the chain from `head` on does not hold; null when it does. */
export function firstBreak(head: Head, rows: readonly Chained[]): number | null {
  let last = head;
  for (const row of rows) {
    if (row.seq !== last.seq + 1) return last.seq + 1;
    if (row.previous !== last.hash || hashOf(row) !== row.hash) return row.seq;
    last = row;
  }
  return null;
}
