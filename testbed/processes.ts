import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

type Command = {
  name: string;
  file: string;
  args: readonly string[];
  env?: Record<string, string>;
  /** Asked until true; a process that ends before is a failed start. */
  ready: () => Promise<boolean>;
};

export type Running = { name: string; pid: number; log: string; stop: () => Promise<void> };

export type Processes = {
  start: (command: Command) => Promise<Running>;
  /** Ends every process that is still there, the youngest first. */
  stop: () => Promise<void>;
  running: () => readonly Running[];
};

const startWithin = 60_000;
const graceful = 3000;

/** Starts processes with a log file each below `folder`, and ends exactly those. */
export function createProcesses(folder: string): Processes {
  const watchdog = startWatchdog(folder);
  const all: Running[] = [];
  const stop = async () => {
    for (const process of all.toReversed()) await process.stop();
    await watchdog.stop();
  };
  return {
    start: async (command) => {
      const running = await start({ command, folder, watchdog });
      all.push(running);
      return running;
    },
    stop,
    running: () => all,
  };
}

type Watchdog = { tell: (line: string) => void; stop: () => Promise<void> };

function startWatchdog(folder: string): Watchdog {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'watchdog.ts')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  // Gone only when somebody ended it by hand; everything else works without it.
  child.stdin.on('error', () => {});
  child.stdin.write(`folder ${folder}\n`);
  return {
    tell: (line) => child.stdin.write(`${line}\n`),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

async function start(given: {
  command: Command;
  folder: string;
  watchdog: Watchdog;
}): Promise<Running> {
  const { command, folder, watchdog } = given;
  const log = join(folder, `${command.name}.log`);
  const child = spawnLogged(command, log);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${command.name} could not be started (${command.file}).`);
  watchdog.tell(`+${pid}`);
  void ended.then(() => watchdog.tell(`-${pid}`));
  const running = { name: command.name, pid, log, stop: () => end(pid, ended) };
  if (await becomesReady(command, ended)) return running;
  await running.stop();
  throw new Error(`${command.name} did not start; the end of ${log}:\n${tail(log)}`);
}

/** In a process group of its own: Ctrl-C reaches us alone, and we end things in order. */
function spawnLogged({ file, args, env }: Command, log: string): ChildProcess {
  const output = openSync(log, 'a');
  const child = spawn(file, [...args], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  return child;
}

async function becomesReady({ ready }: Command, ended: Promise<void>): Promise<boolean> {
  const state = { ended: false };
  void ended.then(() => (state.ended = true));
  const until = Date.now() + startWithin;
  while (!state.ended && Date.now() < until) {
    if (await ready().catch(() => false)) return true;
    await Promise.race([sleep(100), ended]);
  }
  return false;
}

/** Signals the group: Velero's plugins are processes of their own in it. */
async function end(pid: number, ended: Promise<void>): Promise<void> {
  signal(pid, 'SIGTERM');
  const late = new AbortController();
  await Promise.race([ended, sleep(graceful, undefined, { signal: late.signal })]);
  late.abort();
  signal(pid, 'SIGKILL');
  await ended;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

const tail = (log: string): string => readFileSync(log, 'utf8').split('\n').slice(-30).join('\n');
