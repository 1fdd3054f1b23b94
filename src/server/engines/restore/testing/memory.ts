import { createHash } from 'node:crypto';
import { printJson } from '#shared/json/lossless.ts';
import type { ObjectOutcome, RestoreOptions } from '#shared/restores/restores.contract.ts';
import type { ApiResource } from '../../../kubernetes/client.types.ts';
import type {
  BackupManifest,
  Decision,
  EngineCluster,
  RestoreJournal,
  StoredObject,
} from '../../engine.ts';
import { formatPath, parsePath, resourceName } from '../../paths.models.ts';
import { type Body, fieldAt, listAt, nameOf, textAt } from '../body.models.ts';
import { executeRestore } from '../execute.ts';
import type { Numbered, Patience } from '../execution.types.ts';
import { liveObjects } from '../live-objects.ts';
import { planRestore } from '../plan.ts';
import type { RestoreSource } from '../restore.types.ts';

const definitions = 'customresourcedefinitions.apiextensions.k8s.io';

/** A backup in memory: the objects of these namespaces, and cluster-scoped ones that a filter wants. */
export async function capture(
  { client }: Pick<EngineCluster, 'client'>,
  {
    namespaces,
    wantsClusterScoped,
  }: {
    namespaces: readonly string[];
    wantsClusterScoped: (resource: string, body: Body) => boolean;
  },
): Promise<RestoreSource & { bodies: Map<string, Body> }> {
  const bodies = new Map<string, Body>();
  const { resources } = await client.discover();
  const listable = resources.filter(
    ({ verbs }) => verbs.includes('list') && verbs.includes('create') && verbs.includes('get'),
  );
  const stored = await storageVersions(client, listable);
  for (const resource of listable) {
    const name = resourceName(resource);
    if (['events', 'events.events.k8s.io', 'leases.coordination.k8s.io'].includes(name)) continue;
    const version = stored.get(name) ?? resource.version;
    for await (const body of liveObjects({ client, resource: { ...resource, version } })) {
      const namespace = textAt(body, ['metadata', 'namespace']) || null;
      const wanted =
        namespace === null ? wantsClusterScoped(name, body) : namespaces.includes(namespace);
      if (wanted) bodies.set(formatPath({ resource: name, namespace, name: nameOf(body) }), body);
    }
  }
  return { ...sourceOf(bodies), bodies };
}

/** Fields can live in the storage version alone. */
async function storageVersions(
  client: EngineCluster['client'],
  resources: readonly ApiResource[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const resource = resources.find((candidate) => resourceName(candidate) === definitions);
  if (!resource) return found;
  for await (const definition of liveObjects({ client, resource }))
    for (const version of listAt(definition, ['spec', 'versions']))
      if (fieldAt(version, ['storage']) === true)
        found.set(nameOf(definition), String(fieldAt(version, ['name']) as string));
  return found;
}

/** Objects by path as a backup; kinds of which a path begins with `resources/secrets/` are sealed. */
export function sourceOf(bodies: ReadonlyMap<string, Body>): RestoreSource {
  const store = (path: string, body: Body): StoredObject => {
    const json = Buffer.from(printJson(body));
    const oid = createHash('sha1').update(json).digest('hex');
    return { path, oid, sealed: path.startsWith('resources/secrets/'), json };
  };
  return {
    revision: 'memory',
    manifest: manifestOf(bodies),
    objects: async function* ({ wants }) {
      for (const [path, body] of [...bodies].toSorted(([a], [b]) =>
        Buffer.compare(Buffer.from(a), Buffer.from(b)),
      ))
        if (wants(path)) yield store(path, body);
    },
    readObject: async (path) => {
      const body = bodies.get(path);
      return body ? store(path, body) : null;
    },
  };
}

function manifestOf(bodies: ReadonlyMap<string, Body>): BackupManifest {
  const kinds = Map.groupBy(bodies, ([path]) => parsePath(path)?.resource ?? '');
  return {
    formatVersion: 1,
    id: 'memory',
    cluster: 'testbed',
    clusterUid: 'memory',
    serverVersion: 'v1.34.4',
    spec: { engine: 'embedded', type: 'incremental' },
    startedAt: '2026-11-23T12:00:00Z',
    completedAt: '2026-11-23T12:00:01Z',
    state: 'completed',
    namespaces: null,
    objects: bodies.size,
    bytes: 0,
    kinds: [...kinds].map(([resource, entries]) => {
      const [path, body] = entries[0] ?? ['', {}];
      const version = textAt(body, ['apiVersion']).split('/').at(-1) ?? '';
      const namespaced = parsePath(path)?.namespace !== null;
      return {
        resource,
        kind: textAt(body, ['kind']),
        version,
        namespaced,
        objects: entries.length,
        bytes: 0,
        sealed: resource === 'secrets',
        read: 'complete',
        reason: null,
      };
    }),
    perNamespace: {},
    volumes: [],
    createdBy: 'test',
    run: 'test',
  };
}

export const optionsOf = (given: Partial<RestoreOptions> = {}): RestoreOptions => ({
  backup: 'memory',
  conflictPolicy: 'skip',
  dryRun: false,
  ...given,
});

type Given = { source: RestoreSource; target: EngineCluster; options: RestoreOptions };
export type Plan = { decisions: Numbered[]; notes: string[] };

export async function plan(given: Given): Promise<Plan> {
  const decisions: Numbered[] = [];
  const onDecision = async (decision: Decision) => {
    decisions.push({ ...decision, seq: decisions.length });
  };
  const { notes } = await planRestore({ ...given, onDecision });
  return { decisions, notes };
}

export type Entry = {
  seq: number;
  outcome: ObjectOutcome;
  message: string | null;
  uid: string | null;
};

export function memoryJournal(): RestoreJournal & { entries: Map<number, Entry> } {
  const entries = new Map<number, Entry>();
  return {
    entries,
    known: (seq) => entries.get(seq),
    record: async (entry) => {
      if (entries.has(entry.seq)) throw new Error(`object ${entry.seq} was settled twice`);
      entries.set(entry.seq, entry);
    },
  };
}

/** What became of each object, by path. */
export async function restore(
  given: Given & {
    decisions: readonly Numbered[];
    journal?: ReturnType<typeof memoryJournal>;
    signal?: AbortSignal;
    patience?: Partial<Patience>;
    onProgress?: (done: number) => void;
  },
): Promise<Map<string, Entry>> {
  const { decisions, journal = memoryJournal() } = given;
  const ordered = (async function* () {
    yield* decisions;
  })();
  await executeRestore(
    {
      ...given,
      decisions: ordered,
      total: decisions.length,
      journal,
      patience: { pause: 50, ...given.patience },
    },
    {
      run: 'test',
      signal: given.signal ?? new AbortController().signal,
      progress: ({ items }) => given.onProgress?.(items.done),
      log: () => {},
    },
  );
  return outcomes(decisions, journal);
}

export const outcomes = (
  decisions: readonly Numbered[],
  { entries }: { entries: ReadonlyMap<number, Entry> },
): Map<string, Entry> =>
  new Map(
    decisions.flatMap(({ seq, path }) => {
      const entry = entries.get(seq);
      return entry ? [[path, entry] as const] : [];
    }),
  );
