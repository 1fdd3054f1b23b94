import { parseArgs } from 'node:util';
import process from 'node:process';
import { killNine } from './kill-nine.ts';
import { lostNamespace } from './lost-namespace/lost-namespace.ts';
import { type Story, writeReport } from './story.ts';

type Tally = ReturnType<Story['tally']>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    report: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const help = `npm run scenario lost-namespace
  A namespace of a real control plane is backed up, destroyed, planned and restored.
npm run scenario kill-nine [-- --rounds 60] [--seed N]
  The server is killed at random points; nothing may be half-visible or lost.`;

const scenarios: Readonly<Record<string, () => Promise<Tally>>> = {
  'lost-namespace': lostNamespace,
  'kill-nine': async () => {
    const rounds = Number(values.rounds);
    const failed = await killNine(rounds, Number(values.seed));
    return { passed: Math.max(0, rounds - failed), failed };
  },
};

const scenario = scenarios[positionals[0] ?? ''];
if (values.help) console.log(help);
else if (scenario === undefined) {
  console.error(`Name a scenario: ${Object.keys(scenarios).join(' or ')}.\n${help}`);
  process.exitCode = 2;
} else {
  const tally = await scenario();
  if (values.report !== undefined) writeReport(values.report, tally);
  if (tally.failed > 0) process.exitCode = 1;
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
}
