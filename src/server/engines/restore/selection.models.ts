import type { RestoreOptions } from '#shared/restores/restores.contract.ts';
import type { ResourceName } from '../../kubernetes/client.types.ts';
import { type ObjectPath, parsePath } from '../paths.models.ts';
import { type Body, labelsOf } from './body.models.ts';
import { matchesLabels, parseLabelSelector } from './label-selector.models.ts';

export type Selection = {
  /** Decides by the path alone, before anything is read. */
  wantsPath: (path: string) => boolean;
  wantsBody: (body: Body) => boolean;
};

type Options = Pick<
  RestoreOptions,
  'namespaces' | 'excludedNamespaces' | 'kinds' | 'excludedKinds' | 'labelSelector' | 'objects'
>;

/**
 * What of a backup is chosen. With `namespaces`: their objects and the Namespace objects themselves;
 * other cluster-scoped kinds only when `kinds` names them. Namespaces mean those of the backup.
 * Throws `restores.selector_invalid`.
 */
export function createSelection(options: Options): Selection {
  const requirements = parseLabelSelector(options.labelSelector ?? '');
  const single = options.objects && new Set(options.objects);
  const kinds = options.kinds?.map(globPattern);
  const excludedKinds = (options.excludedKinds ?? []).map(globPattern);
  return {
    wantsPath: (path) => {
      const at = parsePath(path);
      if (!at || (single && !single.has(path))) return false;
      if (excludedKinds.some((pattern) => pattern.test(at.resource))) return false;
      const named = kinds?.some((pattern) => pattern.test(at.resource));
      return (named ?? true) && inNamespaces(options, at, named ?? single !== undefined);
    },
    wantsBody: (body) => matchesLabels(requirements, labelsOf(body)),
  };
}

function inNamespaces(options: Options, at: ObjectPath, named: boolean): boolean {
  const namespace = namespaceOf(at);
  if (namespace === null) return options.namespaces === undefined || named;
  if (options.excludedNamespaces?.includes(namespace)) return false;
  return options.namespaces?.includes(namespace) ?? true;
}

/** The namespace that an object is in, or is. */
const namespaceOf = ({ resource, namespace, name }: ObjectPath): string | null =>
  resource === 'namespaces' ? name : namespace;

/** `*` matches any text; case is of no matter. */
export function globPattern(glob: ResourceName): RegExp {
  const parts = glob
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 'i');
}
