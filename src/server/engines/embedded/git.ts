import { type ChildProcess, spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { gitFailed, gitMissing, gitTooOld, storageFull, storageReadOnly } from './git.errors.ts';

/**
 * Nothing of the person's own git reaches ours: no configuration, hooks, templates, aliases or
 * environment (a GIT_DIR inherited from a hook would send everything into another repository).
 */
export function gitEnvironment(gitDir: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    TMPDIR: process.env['TMPDIR'],
    GIT_DIR: gitDir,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    HOME: gitDir,
    LC_ALL: 'C',
    TZ: 'UTC',
    ...keptMemory,
  };
}

/**
 * git takes and frees 270 KB for every object it compresses: glibc would give them back to the system
 * and take them anew each time, which is a third of an import. Other C libraries do not read these.
 */
const keptMemory = { MALLOC_TRIM_THRESHOLD_: '134217728', MALLOC_TOP_PAD_: '1048576' };

export type GitProcess = {
  child: ChildProcess;
  /** Settled when it has ended; throws a `ProblemError` unless it exited with 0 (or one of `ok`). */
  ended: Promise<number>;
};

type GitCall = {
  gitDir: string;
  args: readonly string[];
  signal?: AbortSignal | undefined;
  /** Exit codes other than 0 that are answers. */
  ok?: readonly number[];
  /** A process group of its own, so that its helpers can be ended with it. */
  ownGroup?: boolean;
};

export function startGit({ gitDir, args, signal, ok = [], ownGroup = false }: GitCall): GitProcess {
  const child = spawn('git', args, {
    env: gitEnvironment(gitDir),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: ownGroup,
  });
  const errors = lastText(child);
  const stop = () => end(child, ownGroup);
  signal?.addEventListener('abort', stop, { once: true });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', (error) => reject(gitMissing(error)));
    child.once('close', (code) => {
      if (code === 0 || (code !== null && ok.includes(code))) resolve(code);
      else reject(failure(args[0] ?? '', errors()));
    });
  }).finally(() => signal?.removeEventListener('abort', stop));
  ended.catch(() => undefined); // whoever awaits it hears of it; nobody has to
  child.stdin?.on('error', () => undefined); // a broken pipe shows as the exit code
  if (signal?.aborted) stop();
  return { child, ended };
}

/** Runs git to its end and answers what it printed. */
export async function git(
  gitDir: string,
  args: readonly string[],
  options: Omit<GitCall, 'gitDir' | 'args'> & { input?: string } = {},
): Promise<Buffer> {
  const { child, ended } = startGit({ gitDir, args, ...options });
  const parts: Buffer[] = [];
  child.stdout?.on('data', (part: Buffer) => parts.push(part));
  child.stdin?.end(options.input ?? '');
  await ended;
  return Buffer.concat(parts);
}

/** What git prints, cut at NUL, as it comes. */
export async function* gitRecords(
  gitDir: string,
  args: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const { child, ended } = startGit({ gitDir, args, signal });
  child.stdin?.end();
  const stdout: AsyncIterable<Buffer> | null = child.stdout;
  if (!stdout) return;
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const part of stdout) {
      const bytes = rest.length === 0 ? part : Buffer.concat([rest, part]);
      const end = bytes.lastIndexOf(0);
      rest = bytes.subarray(end + 1);
      if (end > 0) yield* bytes.toString('utf8', 0, end).split('\0');
    }
  } finally {
    if (child.exitCode === null) child.kill('SIGTERM');
  }
  await ended;
}

let known: Promise<string> | undefined;

/** The version of git, asked once. Throws `git.missing` and `git.too_old`. */
export function requireGit(): Promise<string> {
  known ??= readVersion().catch((error: unknown) => {
    known = undefined; // it may be installed meanwhile
    throw error;
  });
  return known;
}

async function readVersion(): Promise<string> {
  const text = (await git(devNull, ['version'])).toString();
  const version = /\d+\.\d+[.\d]*/.exec(text)?.[0] ?? text.trim();
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 2 || (major === 2 && minor < 36)) throw gitTooOld(version);
  return version;
}

function end(child: ChildProcess, group: boolean): void {
  if (!group || child.pid === undefined) {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // ended by itself meanwhile
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** git's last words are the reason; a crash may print without end. */
function lastText(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (part: Buffer) => (text = (text + part.toString()).slice(-4000)));
  return () => text;
}

function failure(command: string, errors: string) {
  if (/No space left on device|Out of diskspace|Disk quota exceeded|File too large/i.test(errors))
    return storageFull();
  if (/Read-only file system|Permission denied/i.test(errors)) return storageReadOnly();
  const line = errors.split('\n').find((one) => /^(fatal|error)/.test(one)) ?? errors;
  return gitFailed(command, line.trim().slice(0, 300));
}
