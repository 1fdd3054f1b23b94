import { isOver, type LogEntry, type Run, runsApi } from '#shared/runs/runs.contract.ts';
import { type Call, sendTo } from './call.ts';
import type { Io } from './io.types.ts';
import { progressBar, progressLine } from './run-words.models.ts';
import type { Send } from './transport.ts';

const pollMilliseconds = 250;
/** Off a terminal a line every so often, and whenever it does something else. */
const lineMilliseconds = 5000;

export type Ended = { run: Run; text: string };

/** Shows progress until the run is over; answers its last state, also as the server sent it. */
export async function waitForRun(
  { cluster, id }: Pick<Run, 'cluster' | 'id'>,
  { send, io }: { send: Send; io: Io },
): Promise<Ended> {
  const show = createProgress(io);
  for (let pause = 50; ; pause = Math.min(pause * 2, pollMilliseconds)) {
    const { text } = await sendTo(send, runsApi.show, { params: { cluster, run: id } });
    const run = runsApi.show.response.parse(JSON.parse(text));
    if (isOver(run.state)) {
      show(null);
      return { run, text };
    }
    show(run);
    await io.sleep(pause);
  }
}

/** A bar that is drawn over and over on a terminal, lines elsewhere. Null: the run is over. */
function createProgress({ columns, err, now }: Io): (run: Run | null) => void {
  if (columns !== null)
    return (run) => err(run === null ? '\r\u001b[2K' : `\r\u001b[2K${progressBar(run, columns)}`);
  let last = { line: '', doing: '', at: 0 };
  return (run) => {
    if (run === null) return;
    const at = now().epochMilliseconds;
    const line = progressLine(run);
    const doing = `${run.state} ${run.progress.doing}`;
    if (line === last.line || (doing === last.doing && at - last.at < lineMilliseconds)) return;
    last = { line, doing, at };
    err(`${line}\n`);
  };
}

/** Writes what a run logs until it is over. */
export async function followLog(
  at: { cluster: string; run: string },
  { call, io, write }: { call: Call; io: Io; write: (entries: readonly LogEntry[]) => void },
): Promise<void> {
  let cursor: string | undefined;
  let seen = -1;
  for (;;) {
    const { state } = await call(runsApi.show, { params: at });
    let next: string | null = null;
    do {
      const query = { limit: 500, ...(cursor === undefined ? {} : { cursor }) };
      const page = await call(runsApi.log, { params: at, query });
      const fresh = page.items.filter(({ seq }) => seq > seen);
      seen = Math.max(seen, ...fresh.map(({ seq }) => seq));
      write(fresh);
      next = page.next;
      cursor = next ?? cursor;
    } while (next !== null);
    if (isOver(state)) return;
    await io.sleep(pollMilliseconds * 2);
  }
}
