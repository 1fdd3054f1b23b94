import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { type Binaries, cacheFolder, findBinary, moduleOf } from './binaries.ts';
import { withLock } from './lock.ts';
import { type Binary, type Module, binaries, moduleFolder } from './modules.ts';

export type Say = (line: string) => void;

/** Below everything that a person waits for; compilers inherit it. */
const lowPriority = 15;
const progressEvery = 15_000;

/** Every binary asked for: found, or built from its module (minutes, once per machine). */
export async function provideBinaries(
  wanted: readonly Binary[] = binaries,
  say: Say = console.log,
): Promise<Binaries> {
  const missing = wanted.filter((binary) => !findBinary(binary));
  for (const module of new Set(missing.map(moduleOf))) await buildOnce(module, say);
  return Object.fromEntries(wanted.map((binary) => [binary, findBinary(binary)])) as Binaries;
}

async function buildOnce(module: Module, say: Say): Promise<void> {
  const output = cacheFolder(module);
  const waiting = (owner: number) =>
    say(`test bed: process ${owner} is building ${module.name} already, waiting for it`);
  await withLock({ path: `${output}.lock`, waiting }, async () => {
    if (module.packages.every(({ binary }) => findBinary(binary))) return;
    await build({ module, output, say });
  });
}

/** Builds beside the final place and renames: what lies there is always whole. */
async function build(given: { module: Module; output: string; say: Say }): Promise<void> {
  const { module, output, say } = given;
  await mkdir(dirname(output), { recursive: true });
  const unfinished = await mkdtemp(`${output}.building-`);
  const started = Date.now();
  say(`test bed: building ${names(module)} from Go modules, once per machine`);
  try {
    await runGo({ module, output: unfinished, say });
    await rm(output, { recursive: true, force: true });
    await rename(unfinished, output);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  say(`test bed: built ${names(module)} in ${seconds(started)} s (${output})`);
}

function runGo({ module, output, say }: { module: Module; output: string; say: Say }) {
  const started = Date.now();
  const child = spawn('go', goArguments(module, output), {
    cwd: moduleFolder(module),
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  if (child.pid) setPriority(child.pid, lowPriority);
  const stop = () => child.kill();
  process.once('exit', stop);
  const lines: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => lines.push(...text.split('\n')));
  const tick = setInterval(
    () => say(`test bed: ${module.name}: ${lines.length} packages, ${seconds(started)} s`),
    progressEvery,
  );
  return new Promise<void>((resolve, reject) => {
    child.once('error', () => reject(goMissing(module)));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(buildFailed(module, lines));
    });
  }).finally(() => {
    clearInterval(tick);
    process.removeListener('exit', stop);
  });
}

const goArguments = (module: Module, output: string): string[] => [
  'build',
  '-v',
  '-trimpath',
  `-ldflags=-s -w ${module.stamp}`,
  '-o',
  join(output, '/'),
  ...module.packages.map((one) => one.package),
];

const names = ({ packages }: Module): string => packages.map(({ binary }) => binary).join(', ');

const seconds = (since: number): number => Math.round((Date.now() - since) / 1000);

const goMissing = (module: Module) =>
  new Error(
    `The test bed needs ${names(module)}, and there is no Go on the PATH to build it: install Go 1.26 or newer, or set LIFEBOAT_TESTBED to a folder that holds it.`,
  );

const buildFailed = (module: Module, lines: readonly string[]) =>
  new Error(
    `The test bed could not build ${names(module)}; the end of what Go said:\n${lines.slice(-20).join('\n')}`,
  );

if (import.meta.main) {
  try {
    const found = await provideBinaries();
    for (const [name, path] of Object.entries(found)) console.log(`${name}: ${path}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
