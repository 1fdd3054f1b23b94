import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome'];
const macs = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const missing =
  'The browser tests need Chromium and there is none: install Chrome or Chromium, or set LIFEBOAT_CHROMIUM to its program.';

/**
 * The program of a browser: `LIFEBOAT_CHROMIUM`, else an installed Chrome or Chromium, else Debian's
 * package, installed when this is root. Throws the one line that says what to install.
 */
export function findChromium(): string {
  const named = process.env['LIFEBOAT_CHROMIUM'];
  if (named) {
    if (isProgram(named)) return named;
    throw new Error(`LIFEBOAT_CHROMIUM names ${named}, which is no program that can be started.`);
  }
  const found = installed() ?? (installFromDebian() ? installed() : undefined);
  if (found === undefined) throw new Error(missing);
  return found;
}

function installed(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...macs].find(isProgram);
}

function installFromDebian(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    const options = { stdio: ['ignore', 'ignore', 'inherit'] as const, timeout: 300_000 };
    execFileSync('apt-get', ['update', '-qq'], { ...options, stdio: [...options.stdio] });
    execFileSync('apt-get', ['install', '-qq', '--no-install-recommends', 'chromium'], {
      ...options,
      stdio: [...options.stdio],
    });
    return true;
  } catch {
    return false; // no Debian, or no network: the caller says what to install
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
