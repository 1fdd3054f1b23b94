import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';

const command = join(import.meta.dirname, '..', 'dist', 'server', 'lifeboat.js');

export type Typed = { exit: number; out: string; err: string };

export type Terminal = {
  /** Types a command and shows it with the beginning of what it printed. */
  type: (...words: string[]) => Promise<Typed>;
  /** The same with `--json`, parsed; only the command is shown. */
  ask: <T>(...words: string[]) => Promise<T>;
};

/** The real command, as a process, against the server on this data folder. */
export function createTerminal(data: string): Terminal {
  return {
    type: async (...words) => {
      const typed = await typeInto(data, words);
      console.log(`  $ lifeboat ${words.join(' ')}`);
      console.log(shortened(`${typed.err}${typed.out}`));
      return typed;
    },
    ask: async (...words) => {
      console.log(`  $ lifeboat ${words.join(' ')} --json`);
      const { out, err, exit } = await typeInto(data, [...words, '--json']);
      if (exit !== 0)
        throw new Error(`lifeboat ${words.join(' ')} ended with ${exit}: ${err}${out}`);
      return JSON.parse(out);
    },
  };
}

async function typeInto(data: string, words: readonly string[]): Promise<Typed> {
  const child = spawn(process.execPath, [command, ...words, '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { exit: await ended, out, err };
}

const linesShown = 14;

function shortened(printed: string): string {
  const lines = printed.trimEnd().split('\n');
  const rest = lines.length - linesShown;
  const shown = lines.slice(0, linesShown).map((line) => `    ${line.slice(0, 160)}`);
  return [...shown, ...(rest > 0 ? [`    … ${rest} more lines`] : [])].join('\n');
}
