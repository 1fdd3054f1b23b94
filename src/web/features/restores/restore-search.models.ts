import * as z from 'zod/mini';
import { searchParam } from '../../lib/search-params.models.ts';
import type { RestoreOptions } from '#shared/restores/restores.contract.ts';

/** What the wizard was told, all of it in the address: it can be left, sent and come back to. */
export const restoreSearch = z.object({
  cluster: searchParam(z.string()),
  source: searchParam(z.string()),
  backup: searchParam(z.string()),
  step: searchParam(z.enum(['point', 'scope', 'options'])),
  namespaces: searchParam(z.array(z.string())),
  kinds: searchParam(z.array(z.string())),
  labelSelector: searchParam(z.string()),
  objects: searchParam(z.array(z.string())),
  mapping: searchParam(z.record(z.string(), z.string())),
  conflictPolicy: searchParam(z.enum(['skip', 'update', 'replace'])),
  dryRun: searchParam(z.boolean()),
  /** The plan that was made of it. */
  plan: searchParam(z.string()),
  action: searchParam(z.string()),
  object: searchParam(z.string()),
});
export type RestoreSearch = z.infer<typeof restoreSearch>;

/** What the server is asked; null until a backup is chosen. */
export function optionsOf(search: RestoreSearch, cluster: string): RestoreOptions | null {
  const { backup, source, conflictPolicy = 'skip', dryRun = false } = search;
  if (backup === undefined) return null;
  return {
    backup,
    ...(source !== undefined && source !== cluster && { source }),
    ...selectionOf(search),
    ...mappingOf(search),
    conflictPolicy,
    dryRun,
  };
}

function selectionOf({
  namespaces = [],
  kinds = [],
  objects = [],
  labelSelector = '',
}: RestoreSearch) {
  return {
    ...(namespaces.length > 0 && { namespaces }),
    ...(kinds.length > 0 && { kinds }),
    ...(objects.length > 0 && { objects }),
    ...(labelSelector.trim() !== '' && { labelSelector: labelSelector.trim() }),
  };
}

/** A namespace that keeps its name is not mapped. */
function mappingOf({ mapping = {} }: RestoreSearch) {
  const renamed = Object.entries(mapping).filter(([from, to]) => to !== '' && to !== from);
  return renamed.length > 0 ? { namespaceMapping: Object.fromEntries(renamed) } : {};
}

/** The same choice as a wizard's address, from a plan that is to be changed. */
export function searchOf(options: RestoreOptions): RestoreSearch {
  const { source, backup, namespaces, kinds, objects, labelSelector } = options;
  const { namespaceMapping, conflictPolicy, dryRun } = options;
  return {
    backup,
    step: 'options',
    ...(source !== undefined && { source }),
    ...(namespaces !== undefined && { namespaces }),
    ...(kinds !== undefined && { kinds }),
    ...(objects !== undefined && { objects }),
    ...(labelSelector !== undefined && { labelSelector }),
    ...(namespaceMapping !== undefined && { mapping: namespaceMapping }),
    ...(conflictPolicy !== 'skip' && { conflictPolicy }),
    ...(dryRun && { dryRun }),
  };
}

/** The command that does the same. */
export function commandOf(options: RestoreOptions, cluster: string): string {
  const words = ['lifeboat', 'restores', 'plan', options.backup, '--cluster', cluster];
  const add = (flag: string, value: string) => words.push(`--${flag}`, quoted(value));
  if (options.source !== undefined) add('source', options.source);
  if (options.namespaces) add('namespaces', options.namespaces.join(','));
  if (options.kinds) add('kinds', options.kinds.join(','));
  if (options.objects) add('objects', options.objects.join(','));
  if (options.labelSelector !== undefined) add('label-selector', options.labelSelector);
  if (options.namespaceMapping) add('namespace-mapping', JSON.stringify(options.namespaceMapping));
  if (options.conflictPolicy !== 'skip') add('conflict-policy', options.conflictPolicy);
  if (options.dryRun) words.push('--dry-run');
  return words.join(' ');
}

const quoted = (value: string): string =>
  /^[\w.,:/=@%+-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
