import { ProblemError } from '../../platform/problems.ts';

export const bodyBroken = (at: number, cause?: unknown) =>
  new ProblemError(
    {
      code: 'capture.body_broken',
      status: 502,
      title: `The answer of the API server is not a complete list (byte ${at}).`,
      detail: 'Nothing of this page was kept. A proxy in between may have cut or replaced it.',
    },
    cause,
  );

export const listRepeats = () =>
  new ProblemError({
    code: 'capture.list_repeats',
    status: 502,
    title: 'The API server gives the same page of the list again and again.',
    detail: 'What came before was kept. The service behind this kind ignores continue tokens.',
  });

export const unstorable = (objects: number) =>
  new ProblemError({
    code: 'capture.unstorable',
    status: 502,
    title: `${objects} objects have no name, or one that no file can have.`,
    detail: 'They were left out; the others of this kind were kept.',
  });

export const namespaceUnknown = (names: readonly string[]) =>
  new ProblemError({
    code: 'backups.namespace_unknown',
    status: 422,
    title: `The cluster has no namespace ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more that were asked for` : ''}.`,
    detail: 'Nothing was backed up. Check the spelling, or leave it out.',
  });

export const selectionEmpty = (what: string) =>
  new ProblemError({
    code: 'backups.selection_empty',
    status: 422,
    title: `Nothing in the cluster matches the selection: ${what}.`,
    detail: 'No backup was made, because it would be empty. Widen the selection.',
  });

export const selectorInvalid = (selector: string, reason: string) =>
  new ProblemError({
    code: 'backups.selector_invalid',
    status: 422,
    title: `The API server does not understand the label selector ${selector}.`,
    detail: `Nothing was backed up. It answered: ${reason}`,
  });

export const nothingRead = (reason: string) =>
  new ProblemError({
    code: 'backups.nothing_read',
    status: 502,
    title: 'Not one object of the cluster could be read.',
    detail: `No backup was made; earlier ones are untouched. The first reason: ${reason}`,
  });

export const clusterLost = (reason: string) =>
  new ProblemError({
    code: 'backups.cluster_lost',
    status: 502,
    title: 'The cluster stopped answering during the backup.',
    detail: `No backup was made; earlier ones are untouched. The last reason: ${reason}`,
  });

export const credentialsRefused = (reason: string) =>
  new ProblemError({
    code: 'backups.credentials_refused',
    status: 502,
    title: 'The cluster no longer accepts the credentials of Lifeboat.',
    detail: `No backup was made; earlier ones are untouched. Renew them. The cluster answered: ${reason}`,
  });

export const captureBroken = (cause: unknown) =>
  new ProblemError(
    {
      code: 'backups.capture_broken',
      status: 500,
      title: 'The backup ended because of a fault in Lifeboat.',
      detail: 'No backup was made; earlier ones are untouched. The log of the server says more.',
    },
    cause,
  );

export const backupCanceled = () =>
  new ProblemError({
    code: 'backups.canceled',
    status: 409,
    title: 'The backup was canceled.',
    detail: 'Nothing of it was kept; earlier backups are untouched.',
  });
