import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { requireNpm, root, Sentence } from './requirements.mjs';

const lockfile = join(root, 'package-lock.json');
/** Written by npm at the end of an installation. */
const installed = join(root, 'node_modules', '.package-lock.json');
const stamp = join(root, 'node_modules', '.lifeboat-lockfile');

/** Installs what the lockfile names, when that has not been done yet. */
export function install() {
  if (isInstalled()) return;
  requireNpm();
  process.stderr.write('Installing the packages of the lockfile (about a minute, once) …\n');
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw failed(`${stdout ?? ''}${stderr ?? ''}`);
  writeFileSync(stamp, digest());
  process.stderr.write(`Installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
}

function isInstalled() {
  if (!existsSync(installed)) return false;
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === digest();
  // Somebody ran npm by hand: newer than the lockfile is good enough.
  if (statSync(installed).mtimeMs < statSync(lockfile).mtimeMs) return false;
  writeFileSync(stamp, digest());
  return true;
}

const digest = () => createHash('sha256').update(readFileSync(lockfile)).digest('hex');

const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/;

/** @param {string} output */
function failed(output) {
  const end = output.trim().split('\n').slice(-12).join('\n');
  if (offline.test(output))
    return new Sentence(
      `${end}\nThe packages could not be fetched: npm does not reach its registry. Connect to the network (or tell npm about your proxy or mirror) and run the same command again.`,
    );
  return new Sentence(`${end}\nnpm could not install the packages; what it said is above.`);
}
