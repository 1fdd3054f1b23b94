import * as z from 'zod/mini';
import { backedUpKind, keptSpec } from '#shared/backups/backups.contract.ts';
import type { BackupManifest } from '../engine.ts';
import type { CaptureOrder } from './capture.types.ts';
import type { CapturedKind } from './capture-kind.ts';
import type { CapturePlan } from './capture-plan.ts';

export const manifestPath = 'lifeboat/backup.json';

const counts = z.object({ objects: z.int(), bytes: z.int() });
export const manifestSchema = z.object({
  formatVersion: z.literal(1),
  id: z.string(),
  cluster: z.string(),
  clusterUid: z.string(),
  serverVersion: z.string(),
  spec: keptSpec,
  startedAt: z.iso.datetime(),
  completedAt: z.iso.datetime(),
  state: z.enum(['completed', 'partial']),
  namespaces: z.nullable(z.array(z.string())),
  objects: z.int(),
  bytes: z.int(),
  kinds: z.array(backedUpKind),
  perNamespace: z.record(z.string(), counts),
  volumes: z.array(z.object({ namespace: z.string(), name: z.string(), reason: z.string() })),
  createdBy: z.string(),
  run: z.string(),
});

const volumeReason =
  'Lifeboat does not copy the data of volumes: the claim comes back, empty, what was on it does not.';

/** The description of a backup, from what was read. */
export function buildManifest(given: {
  order: CaptureOrder;
  plan: Pick<CapturePlan, 'serverVersion' | 'scope' | 'notRead'>;
  kinds: readonly CapturedKind[];
  completedAt: number;
}): BackupManifest {
  const { order, plan, kinds, completedAt } = given;
  const all = [...kinds.map(({ kind }) => kind), ...plan.notRead].toSorted((a, b) =>
    a.resource < b.resource ? -1 : 1,
  );
  const sum = (field: 'objects' | 'bytes') => all.reduce((total, kind) => total + kind[field], 0);
  return {
    formatVersion: 1,
    id: order.name,
    cluster: order.cluster,
    clusterUid: order.clusterUid,
    serverVersion: plan.serverVersion,
    spec: order.spec,
    startedAt: new Date(order.now).toISOString(),
    completedAt: new Date(completedAt).toISOString(),
    state: all.every(({ read }) => read === 'complete') ? 'completed' : 'partial',
    namespaces: plan.scope.chosen === null ? null : [...plan.scope.chosen],
    objects: sum('objects'),
    bytes: sum('bytes'),
    kinds: all,
    perNamespace: perNamespace(kinds),
    volumes: kinds
      .flatMap(({ tally }) => tally.names ?? [])
      .map((claim) => ({ ...claim, reason: volumeReason })),
    createdBy: order.createdBy,
    run: order.run,
  };
}

/** Entries, not assignment: a namespace could be called `constructor`. */
function perNamespace(kinds: readonly CapturedKind[]): BackupManifest['perNamespace'] {
  const sums = new Map<string, { objects: number; bytes: number }>();
  for (const { tally } of kinds) {
    for (const [namespace, { objects, bytes }] of tally.byNamespace) {
      const before = sums.get(namespace) ?? { objects: 0, bytes: 0 };
      sums.set(namespace, { objects: before.objects + objects, bytes: before.bytes + bytes });
    }
  }
  return Object.fromEntries([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
