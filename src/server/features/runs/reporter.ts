import type { LogEntry, Progress } from '#shared/runs/runs.contract.ts';
import type { LogLine } from './runs.claims.repository.ts';
import { nothingDone } from './runs.models.ts';

type Needs = {
  /** Makes it durable and tells those who look on. */
  write: (progress: Progress, lines: readonly LogLine[]) => Promise<void>;
  /** Called when a write failed; the lines are tried again with the next one. */
  onFailure: (error: unknown) => void;
  now: () => number;
  firstSeq: number;
  /** Milliseconds between two writes. */
  every: number;
};

const longestLine = 4_000;
const mostLines = 20_000;

/**
 * Takes what a run says as often as it likes, and writes it a few times per second. A run that writes
 * without end is cut off after 20,000 lines, and says so.
 */
export function createReporter({ write, onFailure, now, firstSeq, every }: Needs) {
  let progress = nothingDone;
  let lines: LogLine[] = [];
  let seq = firstSeq;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const flush = async (): Promise<void> => {
    timer = undefined;
    const taken = lines;
    lines = [];
    try {
      await write(progress, taken);
    } catch (error) {
      lines = [...taken, ...lines];
      onFailure(error);
    }
  };
  const soon = () => {
    timer ??= setTimeout(() => void (writing = writing.then(flush)), every);
  };
  const add = (level: LogEntry['level'], message: string) => {
    lines.push({ seq: seq++, at: now(), level, message: message.slice(0, longestLine) });
  };

  return {
    progress: (next: Progress): void => {
      progress = next;
      soon();
    },
    log: (level: LogEntry['level'], message: string): void => {
      if (seq > mostLines) return;
      if (seq === mostLines) add('warning', 'This log ends here: it has too many lines.');
      else add(level, message);
      soon();
    },
    /** Writes what is left. */
    close: async (): Promise<void> => {
      clearTimeout(timer);
      await writing;
      await flush();
    },
  };
}
