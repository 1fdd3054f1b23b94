import { hideValues, diffJson } from '#shared/backups/diff.models.ts';
import type { ObjectChange } from '#shared/backups/contents.contract.ts';
import { parseJson } from '#shared/json/lossless.ts';
import type { Engine, EngineCluster, StoredObject } from '../../engines/engine.ts';
import type { Actor } from '../../platform/actor.ts';
import { decodeCursor, pageOf, textKey } from '../../platform/cursor.models.ts';
import type { Reach } from '../../platform/runs.types.ts';
import { objectUnknown } from './backups.errors.ts';
import { isSecret, seesPath } from './backups.models.ts';
import type { At } from './backups.repository.ts';
import { type ReadNeeds, seeBackup } from './read.usecases.ts';

export type DiffNeeds = ReadNeeds & {
  engine: Pick<Engine, 'diff' | 'diffLive' | 'readObject'>;
  clusterOf: (cluster: string) => Promise<EngineCluster>;
  /** The object as it is in the cluster now; null when it is not there. */
  readLive: (cluster: EngineCluster, path: string) => Promise<Buffer | null>;
};
export type DiffGiven = At & {
  to: string;
  path?: string | undefined;
  limit: number;
  cursor?: string | undefined;
};

const live = 'live';

/** Objects that differ, or with `path` what differs in that one. Of sealed ones only key names. */
export async function diffBackup(given: DiffGiven, actor: Actor, needs: DiffNeeds) {
  const { reach } = await seeBackup(given, actor, needs);
  if (given.to !== live)
    await seeBackup({ cluster: given.cluster, backup: given.to }, actor, needs);
  if (given.path === undefined) return listChanges(given, reach, needs);
  if (!seesPath(given.path, reach)) throw objectUnknown(given.path);
  return { items: await changesAt({ ...given, path: given.path }, needs), next: null };
}

async function listChanges(given: DiffGiven, reach: Reach, needs: DiffNeeds) {
  const after = given.cursor === undefined ? '' : decodeCursor(textKey, given.cursor)[0];
  const found: ObjectChange[] = [];
  for await (const one of await changesOf(given, reach, needs)) {
    if (!seesPath(one.path, reach) || one.path <= after) continue;
    found.push({ ...one, changes: null });
    if (found.length > given.limit) break;
  }
  return pageOf(found, given.limit, ({ path }) => [path]);
}

async function changesOf({ cluster, backup, to }: DiffGiven, namespaces: Reach, needs: DiffNeeds) {
  if (to !== live) return needs.engine.diff({ cluster, from: backup, to, namespaces });
  const target = await needs.clusterOf(cluster);
  return needs.engine.diffLive({ cluster: target, from: backup, namespaces });
}

async function changesAt(given: DiffGiven & { path: string }, needs: DiffNeeds) {
  const { cluster, backup, path } = given;
  const before = await needs.engine.readObject({ cluster, backup, path });
  const after = await otherSide(given, needs);
  if (!before && !after) throw objectUnknown(path);
  const sealed = (before?.sealed ?? false) || (after?.sealed ?? false) || isSecret(path);
  const changes = diffJson(jsonOf(before), jsonOf(after));
  if (changes.length === 0) return [];
  const change = kindOfChange(before, after);
  return [{ path, change, sealed, changes: sealed ? hideValues(changes) : changes }];
}

async function otherSide(
  { cluster, to, path }: DiffGiven & { path: string },
  { engine, clusterOf, readLive }: DiffNeeds,
): Promise<Pick<StoredObject, 'json' | 'sealed'> | null> {
  if (to !== live) return engine.readObject({ cluster, backup: to, path });
  const json = await readLive(await clusterOf(cluster), path);
  return json && { json, sealed: false };
}

type Side = Pick<StoredObject, 'json'> | null;

const jsonOf = (side: Side) => (side ? parseJson(side.json.toString()) : undefined);

function kindOfChange(before: Side, after: Side): ObjectChange['change'] {
  if (!before) return 'added';
  return after ? 'changed' : 'removed';
}
