// Runs on the Node that a machine happens to have (20 or newer): plain JavaScript, no dependencies.
import process from 'node:process';
import { build } from './launch/build.mjs';
import { install } from './launch/install.mjs';
import { requireGit, requireNode, Sentence } from './launch/requirements.mjs';
import { run } from './launch/run.mjs';

/** What each command needs, and the file that does it on Node 26. */
const commands = {
  start: { git: true, built: true, entry: 'dist/server/main.js' },
  lifeboat: { git: false, built: true, entry: 'dist/server/lifeboat.js' },
  test: { git: true, built: false, entry: 'scripts/test/main.ts' },
  testbed: { git: false, built: false, entry: 'testbed/main.ts' },
  scenario: { git: true, built: true, entry: 'scenario/main.ts' },
  bench: { git: true, built: true, entry: 'bench/main.ts' },
  pictures: { git: true, built: true, entry: 'e2e/pictures/main.ts' },
};

/** @param {string} name @param {string[]} args */
async function launch(name, args) {
  const command = commands[/** @type {keyof typeof commands} */ (name)];
  if (command === undefined)
    throw new Sentence(`There is no ${name}. Known: ${Object.keys(commands).join(', ')}.`);
  requireNode();
  if (command.git) requireGit();
  install();
  if (command.built) await build();
  await run(command.entry, args);
}

const [name = 'start', ...args] = process.argv.slice(2);
try {
  await launch(name, args);
} catch (error) {
  if (!(error instanceof Sentence)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
