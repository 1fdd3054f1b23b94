import type { Permission } from '#shared/access/permissions.models.ts';
import { count } from '#shared/words/format.models.ts';
import { ProblemError } from '../../platform/problems.ts';

export const planUnknown = (plan: string) =>
  new ProblemError({
    code: 'restores.plan_unknown',
    status: 404,
    title: `There is no plan ${plan} of yours here.`,
    detail: 'Nothing was changed. A plan can be seen and used only by who made it; make a new one.',
  });

export const planExpired = (at: string) =>
  new ProblemError({
    code: 'restores.plan_expired',
    status: 409,
    title: `The plan expired at ${at}.`,
    detail: 'Nothing was changed. The cluster may have changed since; make a new plan and read it.',
  });

/** `run`: null when another call used it at this very moment. */
export const planUsed = (run: string | null) =>
  new ProblemError({
    code: 'restores.plan_used',
    status: 409,
    title: 'The plan was used already.',
    detail: `Nothing more was changed. Look at the restore ${run ?? 'in the list'}, or make a new plan.`,
  });

export const objectNotPlanned = (path: string) =>
  new ProblemError({
    code: 'restores.object_not_planned',
    status: 404,
    title: `The plan has no object at ${path}.`,
    detail: 'Nothing was changed. List the objects of the plan to see their paths.',
  });

/** `why`: what of the plan asks for it. */
export const restoreNeeds = (permission: Permission, why: string) =>
  new ProblemError({
    code: 'restores.permission_missing',
    status: 403,
    title: `This restore needs the permission ${permission}: ${why}.`,
    detail: 'Nothing was changed. Narrow the restore, or ask an administrator for the permission.',
  });

export const namespacesNeeded = () =>
  new ProblemError({
    code: 'restores.namespaces_needed',
    status: 403,
    title: 'You may not restore the whole backup.',
    detail: 'Nothing was changed. Name the namespaces to restore, among those that you may read.',
  });

export const restoreIncomplete = (counts: { failed: number; conflict: number }) => {
  const { failed, conflict } = counts;
  const parts = [
    ...(failed > 0 ? [`${count(failed, 'object')} could not be restored`] : []),
    ...(conflict > 0
      ? [
          `${count(conflict, 'object')} changed after the plan and ${conflict === 1 ? 'was' : 'were'} left untouched`,
        ]
      : []),
  ];
  return new ProblemError({
    code: 'restores.incomplete',
    status: 409,
    title: `Not every object came back: ${parts.join(', ')}.`,
    detail:
      'Everything else is restored and stays. Each object says why; correct the cause and make a new plan: what is back already stays unchanged.',
  });
};
