import type { JsonObject } from '../json.models.ts';
import type { Random } from '../random.models.ts';
import type { Team } from './company.ts';
import type { Add } from './estate.types.ts';

/** Where objects are added, by whom, and with which chance. */
export type Plot = { add: Add; random: Random; team: Team };

/** Labels of an app; under GitOps with its tracking label. */
export const labelsOf = ({ team }: Plot, app: string): JsonObject => ({
  app,
  'app.kubernetes.io/name': app,
  ...(team.gitops && { 'app.kubernetes.io/instance': `${team.namespace}-${app}` }),
  ...(team.gitops && { 'app.kubernetes.io/managed-by': 'argocd' }),
});

export const tracking = ({ team }: Plot, app: string, what: string): JsonObject =>
  team.gitops
    ? {
        'argocd.argoproj.io/tracking-id': `${team.namespace}-${app}:${what}:${team.namespace}/${app}`,
      }
    : {};
