import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What went wrong and what to do, for the person who typed the command. */
export class Sentence extends Error {}

const neededNode = 20;
const neededGit = [2, 36];

export function requireNode() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < neededNode)
    throw new Sentence(
      `Lifeboat needs Node ${neededNode} or newer to start; this is ${process.version}. Install a newer one from https://nodejs.org and run the same command again.`,
    );
}

export function requireGit() {
  const version = versionOf('git');
  if (version === undefined)
    throw new Sentence(
      'Lifeboat keeps backups in git, and there is no git on the PATH. Install git 2.36 or newer and run the same command again.',
    );
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [least = 0, after = 0] = neededGit;
  if (major < least || (major === least && minor < after))
    throw new Sentence(
      `Lifeboat needs git ${neededGit.join('.')} or newer; this is ${version}. Update git and run the same command again.`,
    );
}

export function requireNpm() {
  if (versionOf('npm') === undefined)
    throw new Sentence(
      'The packages have to be installed, and there is no npm on the PATH. It comes with Node: install Node from https://nodejs.org and run the same command again.',
    );
}

/** @param {string} program */
function versionOf(program) {
  const { stdout, status } = spawnSync(program, ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return status === 0 ? (/\d+(\.\d+)+/.exec(stdout)?.[0] ?? '0') : undefined;
}
