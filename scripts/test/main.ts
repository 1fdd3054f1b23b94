import { parseArgs } from 'node:util';
import process from 'node:process';
import { check, program, type Step, startTestbedBuild, vitest } from './steps.ts';
import { lastLine, strict, sum, type Tally } from './tally.models.ts';

const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });

const help = `npm test
Checks and tests everything: lint, types, unused code, unit, web, both databases, a real control
plane, a real Velero, a browser, and the scenario. The binaries of the control plane are built once per machine
(about 11 minutes with Go 1.26). With CI=true nothing may be skipped.
The quick part alone, under a minute: npm run check`;

const inCi = process.env['CI'] === 'true';
const began = Date.now();
const clock = () => {
  const seconds = Math.round((Date.now() - began) / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
};

const testbed = (build: Step): Step[] => [
  build,
  vitest('real control plane', 'cluster'),
  vitest('browser on the real control plane', 'dashboard'),
  vitest('real Velero', 'velero'),
  program('scenario: lost namespace', ['scripts/launch.mjs', 'scenario', 'lost-namespace']),
  program('scenario: killed at random points', [
    'scripts/launch.mjs',
    'scenario',
    'kill-nine',
    '--rounds',
    '20',
  ]),
];

async function runAll(): Promise<Tally> {
  const build = startTestbedBuild();
  process.once('exit', build.stop);
  const results: Tally[] = [];
  for (const step of [
    check('lint', 'oxlint'),
    check('format', 'oxfmt', ['--check']),
    check('types', 'tsc', ['-b']),
    check('unused code', 'knip'),
    vitest('unit and web', 'unit', 'web'),
    vitest('whole server and engine', 'whole'),
    vitest('SQLite and PostgreSQL', 'databases'),
    vitest('browser', 'browser'),
    ...testbed(build.step),
  ])
    results.push(await runStep(step));
  return sum(results);
}

async function runStep({ title, run }: Step): Promise<Tally> {
  console.log(`\n── ${clock()} ── ${title}`);
  const started = Date.now();
  const found = await run();
  const tally = inCi ? strict(found) : found;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
  console.log(`   ${tally.failed > 0 ? 'FAILED' : 'ok'}: ${title}, ${seconds} s${skipped}`);
  return tally;
}

if (values.help) console.log(help);
else {
  const total = await runAll();
  if (total.failed > 0) process.exitCode = 1;
  console.log(`\n${clock()} in all`);
  process.stdout.write(`${lastLine(total)}\n`);
}
