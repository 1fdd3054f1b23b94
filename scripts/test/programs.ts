import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

export const root = join(import.meta.dirname, '..', '..');
const bin = join(root, 'node_modules', '.bin');

/** Programs of the packages come first, the Node that Lifeboat runs on among them. */
const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` };

/** Runs a program with its output on the screen; answers its exit code (a signal counts as 1). */
export async function exitCodeOf(
  command: string,
  args: readonly string[],
  cwd = root,
): Promise<number> {
  const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once('error', reject);
  child.once('exit', (code) => resolve(code ?? 1));
  return promise;
}

export type Background = { done: Promise<number>; stop: () => void };

/** Runs a Node file behind everything else, its output in a file. */
export function startQuietly(file: string, log: string): Background {
  const child = spawn('nice', ['-n', '19', process.execPath, file], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = createWriteStream(log);
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  const { promise, resolve } = Promise.withResolvers<number>();
  child.once('error', () => resolve(1));
  child.once('close', (code) => output.end(() => resolve(code ?? 1)));
  return { done: promise, stop: () => child.kill() };
}
