import * as z from 'zod/mini';
import type { KubernetesClient } from '../../kubernetes/client.types.ts';
import type { Log } from '../../platform/log.ts';
import { closedBy, quantity, type Readings } from './resources.models.ts';

type Needs = {
  clientOf: (cluster: string) => Pick<KubernetesClient, 'raw'> | null;
  diskOf: () => Promise<{ free: number; total: number } | null>;
  log: Log;
};

type Known = { closed: Map<string, string>; api: number[]; hasMetrics: boolean };

/** Our own small requests that latency is judged by: the last so many. */
const probes = 20;
const within = 5000;

const usages = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      usage: z.object({ cpu: z.string(), memory: z.string() }),
    }),
  ),
});
const nodes = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({ allocatable: z.object({ cpu: z.string(), memory: z.string() }) }),
    }),
  ),
});

export type Resources = ReturnType<typeof createResources>;

/** Whether a cluster has room for a scheduled run, as far as anybody says. */
export function createResources(needs: Needs) {
  const known = new Map<string, Known>();
  return {
    /** Measures; what cannot be measured closes nothing. */
    look: async (cluster: string): Promise<void> => {
      const before = known.get(cluster) ?? { closed: new Map(), api: [], hasMetrics: true };
      known.set(cluster, before);
      const readings = await read(cluster, before, needs);
      before.closed = closedBy(readings, new Set(before.closed.keys()));
    },
    /** Null: the gate is open. */
    closed: (cluster: string): string | null => {
      const reasons = [...(known.get(cluster)?.closed.values() ?? [])];
      return reasons.length === 0 ? null : reasons.join(', and ');
    },
  };
}

async function read(cluster: string, known: Known, needs: Needs): Promise<Readings> {
  const disk = await needs.diskOf();
  const client = needs.clientOf(cluster);
  const free = disk && { bytes: disk.free, share: disk.free / disk.total };
  if (!client) return { cpu: null, memory: null, apiMilliseconds: null, free };
  known.api = [...known.api, await timeOf(client)].slice(-probes);
  const usage = known.hasMetrics ? await usageOf(client, known) : null;
  return {
    cpu: usage?.cpu ?? null,
    memory: usage?.memory ?? null,
    apiMilliseconds: p95(known.api),
    free,
  };
}

/** Of one small request; one that fails took as long as it was waited for. */
async function timeOf(client: Pick<KubernetesClient, 'raw'>): Promise<number> {
  const from = performance.now();
  await client.raw('/version', AbortSignal.timeout(within)).catch(() => undefined);
  return performance.now() - from;
}

/** One slow answer among a few says nothing. */
function p95(values: readonly number[]): number | null {
  if (values.length < 3) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 2)] ?? null;
}

/** Of the fullest node; a cluster without metrics.k8s.io is asked once. */
async function usageOf(
  client: Pick<KubernetesClient, 'raw'>,
  known: Known,
): Promise<{ cpu: number; memory: number } | null> {
  const json = async (path: string): Promise<unknown> =>
    JSON.parse((await client.raw(path, AbortSignal.timeout(within))).toString());
  try {
    const used = usages.parse(await json('/apis/metrics.k8s.io/v1beta1/nodes'));
    const all = nodes.parse(await json('/api/v1/nodes'));
    const room = new Map(
      all.items.map(({ metadata, status }) => [metadata.name, status.allocatable]),
    );
    const shares = used.items.map(({ metadata: { name }, usage }) => ({
      cpu: shareOf(usage.cpu, room.get(name)?.cpu),
      memory: shareOf(usage.memory, room.get(name)?.memory),
    }));
    return {
      cpu: Math.max(0, ...shares.map(({ cpu }) => cpu)),
      memory: Math.max(0, ...shares.map(({ memory }) => memory)),
    };
  } catch {
    known.hasMetrics = false; // nobody says: that closes nothing
    return null;
  }
}

function shareOf(used: string, whole: string | undefined): number {
  const all = whole === undefined ? null : quantity(whole);
  return all === null || all === 0 ? 0 : (quantity(used) ?? 0) / all;
}
