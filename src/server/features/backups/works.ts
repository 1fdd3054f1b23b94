import * as z from 'zod/mini';
import { keptSpec, backupStates } from '#shared/backups/backups.contract.ts';
import type { Engine, EngineCluster, RunContext } from '../../engines/engine.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Keyring } from '../../platform/keyring.types.ts';
import { ProblemError } from '../../platform/problems.ts';
import type { StoredRun, Work, WorkEnd } from '../../platform/runs.types.ts';
import { damaged } from './backups.errors.ts';
import type { At, BackupsRepository } from './backups.repository.ts';
import { notRead } from './backups.rows.ts';
import { openTarget } from './export-target.ts';

export type WorkNeeds = {
  backups: BackupsRepository;
  engine: Engine;
  clusterOf: (cluster: string) => Promise<EngineCluster>;
  keyring: Keyring;
  clock: Clock;
};

const specs = {
  backup: z.object({ backup: keptSpec }),
  delete: z.object({ before: z.enum(backupStates) }),
  export: z.object({ target: z.string() }),
};
const at = ({ run }: StoredRun): At => ({ cluster: run.cluster, backup: run.backup ?? '' });

/** The kinds of run that backups have. */
export const backupWorks = (needs: WorkNeeds) =>
  ({
    backup: { carryOut: (run, context) => makeBackup(run, context, needs) },
    verify: { carryOut: (run, context) => verify(run, context, needs) },
    export: { carryOut: (run, context) => exportTo(run, context, needs) },
    delete: {
      carryOut: (run, context) => remove(run, context, needs),
      undo: async (run, work) => {
        const { before } = specs.delete.parse(run.spec);
        await needs.backups.setState(at(run), before, work);
      },
    },
  }) satisfies Record<string, Work<RunContext>>;

/** When the engine answers, the backup is durable: only then do its rows come, with the run's end. */
async function makeBackup(run: StoredRun, context: RunContext, needs: WorkNeeds): Promise<WorkEnd> {
  const { backup: spec } = specs.backup.parse(run.spec);
  const cluster = await needs.clusterOf(run.run.cluster);
  const found = await needs.engine.backup(
    {
      cluster,
      spec,
      name: at(run).backup,
      createdBy: run.run.createdBy,
      now: needs.clock().epochMilliseconds,
    },
    context,
  );
  const { manifest, bytesWritten } = found;
  return {
    state: manifest.state,
    problem: null,
    result: {
      objects: manifest.objects,
      bytes: manifest.bytes,
      bytesWritten,
      kindsNotRead: notRead(manifest),
      volumesNotBackedUp: manifest.volumes.length,
    },
    commit: (work) => needs.backups.put(cluster.id, found, work),
  };
}

async function verify(run: StoredRun, context: RunContext, needs: WorkNeeds): Promise<WorkEnd> {
  const { cluster, backup } = at(run);
  const found = await needs.engine.verify({ cluster, backup }, context);
  const { objects, bytes, alsoHit } = found;
  const [first] = found.damaged;
  const result = { objects, bytes, damaged: found.damaged.length, backupsHit: alsoHit.length };
  if (!first) {
    const now = needs.clock().epochMilliseconds;
    const commit: WorkEnd['commit'] = (work) =>
      needs.backups.setVerified({ cluster, backup }, now, work);
    return { state: 'completed', problem: null, result, commit };
  }
  for (const { path, reason } of found.damaged) context.log('error', `${path}: ${reason}`);
  const about = {
    backup,
    objects: found.damaged.length,
    first: `${first.path}: ${first.reason}`,
    also: alsoHit,
  };
  return {
    state: 'failed',
    problem: damaged(about).problem,
    result,
    commit: async (work) => {
      for (const id of [backup, ...alsoHit])
        await needs.backups.setState({ cluster, backup: id }, 'damaged', work);
    },
  };
}

async function exportTo(run: StoredRun, context: RunContext, needs: WorkNeeds): Promise<WorkEnd> {
  const here = at(run);
  const target = openTarget(needs.keyring, here, specs.export.parse(run.spec).target);
  const stored = await needs.backups.find(here.cluster, here.backup);
  const expiresAt = stored?.backup.expiresAt ?? null;
  const done = await needs.engine.exportBackup(
    { ...here, target, expiresAt: expiresAt === null ? null : Date.parse(expiresAt) },
    context,
  );
  for (const { path, reason } of done.leftOut) context.log('warning', `${path}: ${reason}`);
  const { objects, bytes, leftOut } = done;
  return { state: 'completed', problem: null, result: { objects, bytes, leftOut: leftOut.length } };
}

async function remove(run: StoredRun, context: RunContext, needs: WorkNeeds): Promise<WorkEnd> {
  const { cluster, backup } = at(run);
  await needs.engine.deleteBackup({ cluster, backup }, context).catch((error: unknown) => {
    if (!isGone(error)) throw error; // deleted before a crash: what is left is its row
  });
  return {
    state: 'completed',
    problem: null,
    result: { backups: 1 },
    commit: (work) => needs.backups.remove({ cluster, backup }, work),
  };
}

const isGone = (error: unknown) =>
  error instanceof ProblemError && error.problem.code === 'backups.unknown';
