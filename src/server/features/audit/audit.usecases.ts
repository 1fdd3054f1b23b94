import type { AuditEntry } from '#shared/audit/audit.contract.ts';
import type { Audit } from '../../platform/audit.types.ts';
import type { Clock } from '../../platform/clock.ts';
import { createTurns } from '../../platform/in-turn.ts';
import type { AuditRepository, NewEntry } from './audit.repository.ts';
import { auditBusy } from './audit.errors.ts';
import { type Chained, emptyHead, firstBreak, type Head } from './chain.ts';

type Needs = { entries: AuditRepository; clock: Clock };

const attempts = 50;
const pieceSize = 1000;

/**
 * Writes entries one after the other: within this process by waiting, among several by trying again,
 * so that there is one chain on both databases.
 */
export function createAudit({ entries, clock }: Needs): Audit {
  const inTurn = createTurns();
  return ({ target, ...note }) =>
    inTurn(() =>
      append(entries, {
        ...note,
        at: clock().epochMilliseconds,
        target_json: JSON.stringify(target),
      }),
    );
}

async function append(entries: AuditRepository, entry: NewEntry): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) if (await entries.append(entry)) return;
  throw auditBusy();
}

/** Reads the whole chain and names the first entry that was edited, moved or is missing. */
export async function verifyChain(
  entries: AuditRepository,
): Promise<{ intact: boolean; entries: number; brokenAt: number | null }> {
  const expected = await entries.head();
  let head: Head = emptyHead;
  let count = 0;
  for (;;) {
    const rows = await entries.piece(head.seq, pieceSize);
    const broken = firstBreak(head, rows);
    count += rows.length;
    if (broken !== null) return { intact: false, entries: count, brokenAt: broken };
    head = rows.at(-1) ?? head;
    if (rows.length < pieceSize) return { entries: count, ...endOf(head, expected) };
  }
}

/** Entries written since the check began are fine; an end that is missing is not. */
function endOf(head: Head, expected: Head): { intact: boolean; brokenAt: number | null } {
  const missing = head.seq < expected.seq;
  return { intact: !missing, brokenAt: missing ? head.seq + 1 : null };
}

export const toEntry = ({ target_json, at, ...row }: Chained): AuditEntry => ({
  ...row,
  at: Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: 'millisecond' }),
  target: JSON.parse(target_json) as AuditEntry['target'],
  outcome: row.outcome as AuditEntry['outcome'],
});
