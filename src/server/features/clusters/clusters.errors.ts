import { ProblemError } from '../../platform/problems.ts';

export const clusterUnknown = (cluster: string) =>
  new ProblemError({
    code: 'clusters.unknown',
    status: 404,
    title: `There is no cluster ${cluster} here, or you may not see it.`,
    detail: 'Nothing was changed. “lifeboat clusters list” shows the clusters you may see.',
  });

export const clusterUnavailable = (cluster: string, problem: string) =>
  new ProblemError({
    code: 'clusters.unavailable',
    status: 503,
    title: `The cluster ${cluster} cannot be used right now. ${problem}`,
    detail: 'Nothing was changed; its backups are safe and can be read. Try again when it is back.',
  });

export const identityChanged = (cluster: string) =>
  new ProblemError({
    code: 'clusters.identity_changed',
    status: 409,
    title: `${cluster} is not the cluster that it was: the uid of its namespace kube-system changed.`,
    detail:
      'Backups and restores stop here, and nothing was changed. If it is the same cluster rebuilt, confirm it (“lifeboat clusters confirm”); if it is another one, add it under a name of its own.',
  });

export const uidNotCurrent = (cluster: string) =>
  new ProblemError({
    code: 'clusters.uid_not_current',
    status: 409,
    title: `That is not the uid that ${cluster} has now.`,
    detail: 'Nothing was changed. Look at the cluster again, and confirm the uid that it shows.',
  });

export const givenAtStart = (cluster: string) =>
  new ProblemError({
    code: 'clusters.given_at_start',
    status: 409,
    title: `${cluster} was given when Lifeboat was started, so it would come back at the next start.`,
    detail: 'Nothing was removed. Take it out of the kubeconfig, or start Lifeboat without it.',
  });

export const clusterBusy = (cluster: string) =>
  new ProblemError({
    code: 'clusters.busy',
    status: 409,
    title: `Runs of ${cluster} are going on or waiting.`,
    detail: 'Nothing was removed. Wait until they are over, or cancel them first.',
  });
