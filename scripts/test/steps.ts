import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { exitCodeOf, root, startQuietly } from './programs.ts';
import { nothing, type Report, type Tally, tallyOf } from './tally.models.ts';

export type Step = { title: string; run: () => Promise<Tally> };

const reports = join(root, 'node_modules', '.cache', 'test');

/** A check counts only when it fails: its passing is not a test. */
export const check = (title: string, command: string, args: readonly string[] = []): Step => ({
  title,
  run: async () => ({ ...nothing, failed: (await exitCodeOf(command, args)) === 0 ? 0 : 1 }),
});

export const vitest = (title: string, ...projects: readonly string[]): Step => ({
  title,
  run: () =>
    reported(projects.join('-'), (file) =>
      exitCodeOf('vitest', [
        'run',
        ...projects.flatMap((project) => ['--project', project]),
        '--reporter=dot',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ]),
    ),
});

/** A program that writes a report in Vitest's shape to the file that it is told. */
export const program = (title: string, args: readonly string[]): Step => ({
  title,
  run: () =>
    reported(title.replace(/\W+/g, '-'), (file) =>
      exitCodeOf(process.execPath, [...args, '--report', file]),
    ),
});

async function reported(name: string, run: (file: string) => Promise<number>): Promise<Tally> {
  mkdirSync(reports, { recursive: true });
  const file = join(reports, `${name}.json`);
  rmSync(file, { force: true });
  const exitCode = await run(file);
  return tallyOf(readReport(file), exitCode);
}

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Minutes on the first run of a machine, so it starts before everything else. */
export function startTestbedBuild(): { step: Step; stop: () => void } {
  mkdirSync(reports, { recursive: true });
  const log = join(reports, 'testbed-build.log');
  const build = startQuietly(join(root, 'testbed', 'build.ts'), log);
  const run = async () => {
    const failed = (await build.done) === 0 ? 0 : 1;
    if (failed > 0) process.stdout.write(readFileSync(log, 'utf8'));
    return { ...nothing, failed };
  };
  return {
    step: { title: 'test bed: Kubernetes, Velero and an S3 server', run },
    stop: build.stop,
  };
}
