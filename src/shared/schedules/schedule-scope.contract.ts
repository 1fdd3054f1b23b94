import * as z from 'zod/mini';
import { described } from '../http/described.ts';
import type { Lookup } from '../http/endpoint.ts';
import { clusterParams } from '../http/schemas.ts';
import { scheduleName } from './schedule.contract.ts';
import { mostReplaced } from './simulation/simulation.types.ts';

export const scheduleParams = z.extend(clusterParams, {
  schedule: described(
    z.string().check(z.minLength(1), z.maxLength(63)),
    'The name of a schedule, as “schedules list” shows it',
  ),
});

export const replaces = described(
  z._default(z.array(scheduleName).check(z.maxLength(mostReplaced)), []),
  'Schedules that it does the work of: once it is saved they rest, with that as the reason',
);

type AtSchedule = { params: { cluster: string; schedule: string } };

/** What this schedule takes. */
export const touchesSchedule = async (
  { params }: AtSchedule,
  { namespacesOfSchedule }: Lookup,
) => ({
  cluster: params.cluster,
  namespaces: await namespacesOfSchedule(params.cluster, params.schedule),
});

/** What it takes, and what is in its backups: whoever may not delete those decides nothing about them. */
export const touchesKept = async (
  { params: { cluster, schedule } }: AtSchedule,
  { namespacesKeptBy }: Lookup,
) => ({ cluster, namespaces: await namespacesKeptBy(cluster, schedule) });

type WithSpec = {
  params: { cluster: string };
  body: { namespaces?: string[] | undefined; replaces?: string[] };
};

/** What it takes, and what those take that it replaces. */
export async function touchesSpec(
  { params: { cluster }, body }: WithSpec,
  { namespacesOfSchedule }: Lookup,
): Promise<{ cluster: string; namespaces: Namespaces }> {
  const mine: Namespaces = body.namespaces ?? 'all';
  const theirs = await Promise.all(
    (body.replaces ?? []).map((name) => namespacesOfSchedule(cluster, name)),
  );
  return { cluster, namespaces: theirs.reduce(both, mine) };
}

type Namespaces = readonly string[] | 'all';

/** Duplicates are of no matter to a right. */
export const both = (one: Namespaces, other: Namespaces): Namespaces =>
  one === 'all' || other === 'all' ? 'all' : [...one, ...other];

/** Also what it took before, and what is in its backups: an edit may change how long they are kept. */
export async function touchesEdit(given: AtSchedule & WithSpec, lookup: Lookup) {
  const { cluster, schedule } = given.params;
  const before = await lookup.namespacesKeptBy(cluster, schedule);
  const { namespaces: after } = await touchesSpec(given, lookup);
  return { cluster, namespaces: both(before, after) };
}
