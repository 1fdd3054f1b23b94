import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, Sentence } from './requirements.mjs';
import { node } from './run.mjs';

const stamp = join(root, 'dist', '.sources');
const lock = join(root, 'dist', '.building');
const configs = ['package.json', 'package-lock.json', 'vite.config.ts', 'vite.server.config.ts'];

/** Builds `dist/` when the sources are not the ones it was made from. */
export async function build() {
  const sources = digest();
  if (isBuiltFrom(sources)) return;
  mkdirSync(join(root, 'dist'), { recursive: true });
  await locked(() => {
    if (isBuiltFrom(sources)) return;
    process.stderr.write('Building …\n');
    rmSync(stamp, { force: true });
    vite('vite.config.ts');
    vite('vite.server.config.ts');
    writeFileSync(stamp, sources);
  });
}

/** @param {string} sources */
const isBuiltFrom = (sources) => existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;

/** @param {string} config */
function vite(config) {
  const program = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status, stdout, stderr } = spawnSync(
    node(),
    [program, 'build', '--config', config, '--logLevel', 'warn'],
    // Whoever builds, also a test run: React would be its slow self for developers otherwise.
    { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (status !== 0)
    throw new Sentence(
      `${stdout}${stderr}\nThe build failed (${config}); what was built before is unchanged or incomplete.`,
    );
}

/** The sources without their tests: name and content of each file. */
function digest() {
  const hash = createHash('sha256');
  for (const path of [...configs, ...filesBelow('src')]) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} folder */
function filesBelow(folder) {
  return readdirSync(join(root, folder), { encoding: 'utf8', recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => !/\.(test|suite)\.tsx?$/.test(path) && statSync(join(root, path)).isFile())
    .sort();
}

const patienceMilliseconds = 120_000;

/**
 * One build at a time, also when several commands start at once. A lock whose process is gone is
 * taken over.
 * @param {() => void} act
 */
async function locked(act) {
  const until = Date.now() + patienceMilliseconds;
  while (!take()) {
    if (Date.now() > until)
      throw new Sentence(`Another build holds ${lock}. Remove it if none runs.`);
    await sleep(100);
  }
  try {
    act();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isAlive(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true });
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
