import type { Modifier } from '#shared/restores/restores.contract.ts';
import { parseLabelSelector } from './label-selector.models.ts';
import { modifierInvalid } from './restore.errors.ts';

type Operation = Modifier['patch'][number];

/**
 * Looks at what can be known of a modifier without an object, so that it is refused before a plan is
 * begun. Throws `restores.modifier_invalid` and `restores.selector_invalid`.
 */
export function assertModifiers(modifiers: readonly Modifier[]): void {
  for (const { resource, labelSelector, patch } of modifiers) {
    parseLabelSelector(labelSelector ?? '');
    const fault = patch.map(faultOf).find((found) => found !== null);
    if (fault !== undefined) throw modifierInvalid(resource, fault);
  }
}

export const keepsItsPlace =
  'it changes the name or the namespace, which an object keeps; a mapping of namespaces brings objects elsewhere';

/** Why no object can be changed like this: the end of a sentence. */
function faultOf(operation: Operation): string | null {
  const { op, path, from } = operation;
  const takesFrom = op === 'move' || op === 'copy';
  const paths = takesFrom ? [path, from ?? ''] : [path];
  const wrong = paths.map(faultOfPath).find((fault) => fault !== null);
  if (takesFrom && from === undefined) return `its ${op} to ${path} does not say from where`;
  if (lacksValue(operation)) return `its ${op} of ${path} has no value`;
  if (wrong !== undefined) return wrong;
  return op !== 'test' && written(operation).some(isPlace) ? keepsItsPlace : null;
}

const lacksValue = ({ op, value }: Operation): boolean =>
  (op === 'add' || op === 'replace' || op === 'test') && value === undefined;

const written = ({ op, path, from }: Operation): string[] =>
  op === 'move' ? [path, from ?? ''] : [path];

function faultOfPath(path: string): string | null {
  if (!/^(?:\/(?:[^~/]|~[01])*)*$/.test(path))
    return `${JSON.stringify(path)} is not a JSON pointer such as /spec/replicas`;
  const keys = path.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const prototype = keys.includes('__proto__') || /\/constructor\/prototype(\/|$)/.test(path);
  return prototype ? `${path} is no field that an object can have` : null;
}

const isPlace = (path: string): boolean => /^\/metadata\/name(space)?(\/|$)/.test(path);
