import { builtinTable } from './builtin.table.ts';
import { type Resource, type Subresource, apiVersionOf } from './resource.types.ts';

const allVerbs = 'create+delete+deletecollection+get+list+patch+update+watch';

/** The same objects under a second group or version: storage is shared. */
const sharedStorage: Record<string, { bucket: string; storedAs: string }> = {
  'events.k8s.io/v1/events': { bucket: 'events', storedAs: 'v1' },
  'autoscaling/v1/horizontalpodautoscalers': {
    bucket: 'horizontalpodautoscalers.autoscaling',
    storedAs: 'autoscaling/v2',
  },
};

export const bucketName = (plural: string, group: string) =>
  group ? `${plural}.${group}` : plural;

/** The kinds of a plain cluster, in discovery's order. */
export function builtinResources(): Resource[] {
  return builtinTable.trim().split('\n').map(parseRow);
}

function parseRow(row: string): Resource {
  const cells = row.split(' ');
  const cell = (index: number) => cells[index] ?? '';
  const [core, version, plural, singular, kind] = [cell(0), cell(1), cell(2), cell(3), cell(4)];
  const [scope, verbs, shortNames] = [cell(5), cell(6), cell(7)];
  const [categories, subresources, hash] = [cell(8), cell(9), cell(10)];
  const group = core === 'core' ? '' : core;
  const storedAs = apiVersionOf({ group, version });
  const shared = sharedStorage[`${storedAs}/${plural}`];
  return {
    group,
    version,
    plural,
    singular,
    kind,
    listKind: `${kind}List`,
    namespaced: scope === 'N',
    verbs: (verbs === '*' ? allVerbs : verbs).split('+'),
    shortNames: split(shortNames, '+'),
    categories: split(categories, '+'),
    subresources: split(subresources, ',').map((text) => parseSubresource(text, kind)),
    storageVersionHash: hash === '-' ? '' : hash,
    bucket: bucketName(plural, group),
    custom: false,
    schemas: [],
    storedAs,
    ...shared,
  };
}

const split = (text: string, by: string) => (text === '-' ? [] : text.split(by));

function parseSubresource(text: string, kind: string): Subresource {
  const [name = '', ownKind, groupVersion = '', verbs] = text.split(':');
  const scale = name === 'scale';
  return {
    name,
    kind: ownKind ?? (scale ? 'Scale' : kind),
    groupVersion: scale ? 'autoscaling/v1' : groupVersion,
    verbs: (verbs ?? 'get+patch+update').split('+'),
  };
}
