import type { RestoreJournal } from '../../engines/engine.ts';
import type { Clock } from '../../platform/clock.ts';
import type { JournalRepository } from './journal.repository.ts';

type Entry = Parameters<RestoreJournal['record']>[0];
type Waiting = { entry: Entry; done: () => void; failed: (error: unknown) => void };

/**
 * The journal of one restore. Entries that arrive while others are being written go together into the
 * next write: each one is durable when its promise is settled, without a disk flush for each.
 */
export async function openJournal(
  run: string,
  { journal, clock }: { journal: JournalRepository; clock: Clock },
): Promise<RestoreJournal> {
  const known = await journal.known(run);
  let waiting: Waiting[] = [];
  let writing = false;

  const write = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, mostAtOnce);
      const entries = batch.map(({ entry }) => entry);
      try {
        await journal.record(run, entries, clock().epochMilliseconds);
        for (const { entry, done } of batch) {
          known.set(entry.seq, entry);
          done();
        }
      } catch (error) {
        for (const { failed } of [...batch, ...waiting]) failed(error);
        waiting = [];
      }
    }
    writing = false;
  };

  return {
    known: (seq) => known.get(seq),
    record: (entry) =>
      new Promise((done, failed) => {
        waiting.push({ entry, done, failed });
        if (!writing) void write();
      }),
  };
}

/** Six values each: far below the 32,766 that one statement of SQLite may bind. */
const mostAtOnce = 500;
