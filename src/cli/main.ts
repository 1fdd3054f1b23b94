import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { config } from 'zod/mini';
import { en } from 'zod/locales';
import packageJson from '../../package.json' with { type: 'json' };
import type { Io } from './io.types.ts';
import { runLifeboat } from './run.ts';
import { specials } from './specials.ts';

config(en());

const io: Io = {
  env: process.env,
  out: (written) => process.stdout.write(written),
  err: (written) => process.stderr.write(written),
  columns: process.stderr.isTTY ? process.stderr.columns : null,
  ask: process.stdin.isTTY && process.stderr.isTTY ? ask : null,
  readStdin: () => text(process.stdin),
  readFile: (path) => readFile(path, 'utf8'),
  now: () => Temporal.Now.instant(),
  sleep: (milliseconds) => sleep(milliseconds),
};

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

/** `lifeboat … | head` closes the pipe: that is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exitCode ??= 0;
});

process.exitCode = await runLifeboat(process.argv.slice(2), {
  io,
  version: packageJson.version,
  specials,
});
