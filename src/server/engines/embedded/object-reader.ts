import type { ChildProcess } from 'node:child_process';
import { objectDamaged } from './git.errors.ts';
import { type GitProcess, startGit } from './git.ts';

export type GitObject = { oid: string; type: string; content: Buffer };

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

/** A `git cat-file --batch` that stays: requests are pipelined, answers come in their order. */
export function createObjectReader(gitDir: string, idleMs = 30_000): ObjectReader {
  let requests: Request[] = [];
  let running: GitProcess | undefined;
  let idle: NodeJS.Timeout | undefined;

  const start = (): GitProcess => {
    const started = startGit({ gitDir, args: ['cat-file', '--batch'] });
    const parse = createAnswerParser((answer) => {
      requests.shift()?.resolve(answer);
      if (requests.length === 0) rest();
    });
    started.child.stdout?.on('data', parse);
    started.ended.then(
      () => ended(started, ''),
      (error: unknown) => ended(started, error instanceof Error ? error.message : ''),
    );
    leaveAlone(started.child);
    return started;
  };
  const rest = () => {
    clearTimeout(idle);
    idle = setTimeout(stop, idleMs).unref();
  };
  const stop = () => {
    clearTimeout(idle);
    running?.child.stdin?.end();
    running = undefined;
  };
  const send = (request: Request) => {
    running ??= start();
    running.child.stdin?.write(`${request.revision}\n`);
  };
  /** The one being answered is the reason, or an innocent victim: then it is asked once more. */
  const ended = (of: GitProcess, reason: string) => {
    if (running === of) running = undefined;
    else if (running) return; // a newer process answers what is waiting now
    const [first, ...others] = requests;
    if (!first) return;
    requests = others;
    if (first.retried) first.reject(objectDamaged(first.revision, reason));
    else requests.unshift({ ...first, retried: true });
    for (const request of requests) send(request);
  };

  return {
    read: (revision) =>
      new Promise((resolve, reject) => {
        const request = { revision, retried: false, resolve, reject };
        clearTimeout(idle);
        requests.push(request);
        send(request);
      }),
    close: stop,
  };
}

/** An idle reader must not keep the process from ending. */
function leaveAlone(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    if (stream && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}

/** `<oid> <type> <size>\n<bytes>\n`, or `<what was asked> missing\n`. */
function createAnswerParser(onAnswer: (answer: GitObject | null) => void) {
  let parts: Buffer[] = [];
  let held = 0;
  let needed = 0;
  let head: { oid: string; type: string; size: number } | undefined;

  const take = (bytes: Buffer): Buffer => {
    let rest = bytes;
    for (;;) {
      if (head) {
        if (rest.length < head.size + 1) return rest;
        const { oid, type, size } = head;
        head = undefined;
        onAnswer({ oid, type, content: rest.subarray(0, size) });
        rest = rest.subarray(size + 1);
      }
      const end = rest.indexOf(0x0a);
      if (end < 0) return rest;
      const [oid = '', type = '', size] = rest.toString('utf8', 0, end).split(' ');
      rest = rest.subarray(end + 1);
      if (size === undefined) onAnswer(null);
      else head = { oid, type, size: Number(size) };
    }
  };
  return (part: Buffer): void => {
    parts.push(part);
    held += part.length;
    if (held < needed) return;
    const rest = take(parts.length === 1 ? part : Buffer.concat(parts));
    parts = rest.length > 0 ? [rest] : [];
    held = rest.length;
    needed = head ? head.size + 1 : 0;
  };
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
