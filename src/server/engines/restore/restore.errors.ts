import { ProblemError } from '../../platform/problems.ts';

export const selectorInvalid = (selector: string, part: string) =>
  new ProblemError({
    code: 'restores.selector_invalid',
    status: 400,
    title: `“${part}” in the label selector “${selector}” is not a requirement.`,
    detail:
      'Nothing was changed. Write requirements as kubectl takes them, for example app=web,tier in (a,b),!legacy.',
  });

export const objectsNotInBackup = (paths: readonly string[]) =>
  new ProblemError({
    code: 'restores.objects_not_found',
    status: 404,
    title: `The backup has no object at ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ` and ${paths.length - 3} more places` : ''}.`,
    detail: 'Nothing was changed. Look the paths up in the contents of the backup and try again.',
  });

/** `without`: the namespaces that were asked for, if they were. */
export const nothingSelected = (without: readonly string[]) =>
  new ProblemError({
    code: 'restores.nothing_selected',
    status: 422,
    title: `The selection matches no object of the backup${without.length > 0 ? ` (${without.length === 1 ? 'namespace' : 'namespaces'} ${without.slice(0, 5).join(', ')})` : ''}.`,
    detail:
      'Nothing was changed. Look for a slip of the pen, widen the namespaces, kinds or labels, or look at the contents of the backup.',
  });

export const objectUnreadable = (path: string, cause: unknown) =>
  new ProblemError(
    {
      code: 'restores.object_unreadable',
      status: 422,
      title: `The object at ${path} in the backup is not JSON.`,
      detail: 'Nothing was changed. Verify the backup, or leave this object out of the restore.',
    },
    cause,
  );

export const anotherCluster = () =>
  new ProblemError({
    code: 'restores.another_cluster',
    status: 409,
    title: 'The target is not the cluster that the plan was made for.',
    detail: 'Nothing was changed. Make a new plan.',
  });

/** `why`: the end of a sentence. */
export const modifierInvalid = (resource: string, why: string, cause?: unknown) =>
  new ProblemError(
    {
      code: 'restores.modifier_invalid',
      status: 400,
      title: `A modifier of ${resource} cannot be applied: ${why}.`,
      detail: 'Nothing was changed. Correct the patch; its paths are JSON pointers.',
    },
    cause,
  );
