import { Socket } from 'node:net';
import { createAnswerParser, type GitObject } from './answer-parser.ts';
import { objectDamaged } from './git.errors.ts';
import { type GitProcess, startGit } from './git.ts';

export type ObjectReader = {
  /**
   * `revision`: an object id, or a ref of ours with a peeling suffix; never a path (a name may hold
   * line ends). Null when there is no such object. Throws `repository.object_damaged`.
   */
  read: (revision: string) => Promise<GitObject | null>;
  close: () => void;
};

type Request = {
  revision: string;
  retried: boolean;
  resolve: (found: GitObject | null) => void;
  reject: (error: unknown) => void;
};

type State = {
  gitDir: string;
  withContent: boolean;
  requests: Request[];
  running: GitProcess | undefined;
  idle: NodeJS.Timeout | undefined;
  idleMs: number;
};

/**
 * A `git cat-file --batch` that stays: requests are pipelined, answers come in their order. It ends
 * itself after `idleMs`. `only: 'sizes'`: contents stay empty.
 */
export function createObjectReader(
  gitDir: string,
  { idleMs = 30_000, only }: { idleMs?: number; only?: 'sizes' } = {},
): ObjectReader {
  const state: State = {
    gitDir,
    withContent: only !== 'sizes',
    requests: [],
    running: undefined,
    idle: undefined,
    idleMs,
  };
  return {
    read: (revision) =>
      new Promise((resolve, reject) => {
        const request = { revision, retried: false, resolve, reject };
        clearTimeout(state.idle);
        state.requests.push(request);
        send(state, request);
      }),
    close: () => stop(state),
  };
}

function send(state: State, request: Request): void {
  state.running ??= start(state);
  if (state.requests.length === 1) hold(state.running, 'ref');
  state.running.child.stdin?.write(`${request.revision}\n`);
}

function start(state: State): GitProcess {
  const batch = state.withContent ? '--batch' : '--batch-check';
  const started = startGit({ gitDir: state.gitDir, args: ['cat-file', batch] });
  const parse = createAnswerParser(state.withContent, (answer) => {
    state.requests.shift()?.resolve(answer);
    if (state.requests.length === 0) rest(state);
  });
  started.child.stdout?.on('data', parse);
  started.ended.then(
    () => ended(state, started, ''),
    (error: unknown) => ended(state, started, error instanceof Error ? error.message : ''),
  );
  return started;
}

function rest(state: State): void {
  clearTimeout(state.idle);
  if (state.running) hold(state.running, 'unref');
  state.idle = setTimeout(() => stop(state), state.idleMs).unref();
}

/** What is still asked is answered before git sees the end of its input. */
function stop(state: State): void {
  clearTimeout(state.idle);
  state.running?.child.stdin?.end();
  if (state.requests.length === 0) state.running = undefined;
}

/** The one being answered is the reason, or an innocent victim: so it is asked once more. */
function ended(state: State, of: GitProcess, reason: string): void {
  if (state.running !== of) return;
  state.running = undefined;
  const [first, ...others] = state.requests;
  if (!first) return;
  state.requests = others;
  if (first.retried) first.reject(objectDamaged(first.revision, reason));
  else state.requests.unshift({ ...first, retried: true });
  for (const request of state.requests) send(state, request);
}

/** A reader keeps the process running while it is asked something, not when it is idle. */
function hold({ child }: GitProcess, way: 'ref' | 'unref'): void {
  child[way]();
  for (const stream of [child.stdin, child.stdout, child.stderr])
    if (stream instanceof Socket) stream[way]();
}

/** Reads many, in their order, at most `window` ahead of who takes them. */
export async function* readAhead<T, R>(
  items: AsyncIterable<T>,
  read: (item: T) => Promise<R>,
  window = 32,
): AsyncGenerator<R> {
  const ahead: Promise<R>[] = [];
  for await (const item of items) {
    const reading = read(item);
    reading.catch(() => undefined); // thrown when its turn comes
    ahead.push(reading);
    const next = ahead.length >= window ? ahead.shift() : undefined;
    if (next) yield await next;
  }
  for (const next of ahead) yield await next;
}
