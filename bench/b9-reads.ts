import { execFileSync } from 'node:child_process';
import { openLab } from './lab.ts';
import { startSandboxProcess } from './sandbox-process.ts';
import { type Measure, quantile } from './report.models.ts';
import { measured } from './gates.ts';

const git = (repository: string, ...words: string[]): string =>
  execFileSync('git', ['--git-dir', repository, ...words], { encoding: 'utf8', maxBuffer: 1e9 });

/** B9: one object out of a thousand backups, and the difference of two large ones. */
export async function benchReads(given: { backups: number; objects: number }): Promise<Measure[]> {
  const sandbox = await startSandboxProcess(given.objects);
  const source = async () => ({ server: sandbox.server, credentials: { token: sandbox.token } });
  const lab = await openLab({ source });
  const { name } = await lab.backup();
  const second = await lab.backup();
  const paths = objectPaths(lab.repository, name);
  copies(lab.repository, { of: name, count: given.backups });
  const reads = await timings(500, (at) => {
    const backup = `copy-${(at * 7919) % given.backups}`;
    const path = paths[(at * 104_729) % paths.length] ?? '';
    return lab.engine.readObject({ cluster: 'bench', backup, path });
  });
  const diffs = await timings(20, async () => {
    const between = { cluster: 'bench', from: name, to: second.name, namespaces: 'all' as const };
    for await (const _ of lab.engine.diff(between)) continue;
  });
  await lab.close();
  await sandbox.stop();
  return [
    measured('B9 object', {
      what: `one object out of ${given.backups} backups, p99`,
      numerator: quantile(reads, 0.99),
      unit: 'ms',
    }),
    measured('B9 diff', {
      what: `diff of two backups of ${given.objects} objects, p99`,
      numerator: quantile(diffs, 0.99),
      unit: 'ms',
    }),
  ];
}

const objectPaths = (repository: string, backup: string): string[] =>
  git(repository, 'ls-tree', '-r', '-z', '--name-only', `refs/backups/${backup}`)
    .split('\0')
    .filter((path) => path.startsWith('resources/'));

/** More restore points of the same tree: each a commit of its own, as a backup makes it. */
function copies(repository: string, { of, count }: { of: string; count: number }): void {
  const tree = git(repository, 'rev-parse', `refs/backups/${of}^{tree}`).trim();
  const who = 'bench <bench@localhost> 1700000000 +0000';
  const commits = Array.from(
    { length: count },
    (_, at) =>
      `commit refs/backups/copy-${at}\ncommitter ${who}\ndata 1\n${at % 10}\nM 040000 ${tree} \n\n`,
  );
  execFileSync('git', ['--git-dir', repository, 'fast-import', '--quiet'], {
    input: commits.join(''),
  });
}

async function timings(count: number, act: (at: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < count; at++) {
    const start = performance.now();
    await act(at);
    times.push(performance.now() - start);
  }
  return times;
}
