import type { Registry } from '../api/registry.ts';
import type { Resource } from '../api/resource.types.ts';
import type { Random } from '../random.models.ts';
import type { Store } from '../store/store.ts';
import { createBrokenGroups } from './broken-groups.ts';
import type { FaultKnobs } from './faults.types.ts';
import { createRules } from './rules.ts';

export type PageSeen = { resource: Resource; namespace: string; last: string; more: boolean };

export type Faults = ReturnType<typeof createFaults>;

type Needs = { random: Random; store: Store; registry: Registry };

/** The table of faults: `knobs` for tests, the rest for the server to ask. */
export function createFaults({ random, store, registry }: Needs) {
  const [rules, groups] = [createRules(random), createBrokenGroups(registry)];
  let [expiredUpTo, skew, token] = [-1, 0, `sandbox-${random.uuid()}`];
  const forbidden = new Map<string, readonly string[]>();
  const [doomed, restless] = [new Set<string>(), new Set<string>()];

  const clear = () => {
    rules.clear();
    groups.mend();
    for (const kept of [forbidden, doomed, restless]) kept.clear();
    skew = 0;
  };

  const knobs: FaultKnobs = {
    add: rules.add,
    clear,
    hits: rules.hits,
    // lists from now on are of a later revision, so that theirs are valid
    expireContinueTokens: () => void (expiredUpTo = store.skip() - 1),
    compact: store.compact,
    expireToken: () => (token = `sandbox-${random.uuid()}`),
    breakGroup: groups.add,
    deleteDefinitionWhileListing: (name) => void doomed.add(name),
    mutateWhileListing: (plural) => void restless.add(plural),
    forbid: (plurals, verbs = ['*']) => {
      for (const plural of plurals) forbidden.set(plural, verbs);
    },
    skewClock: (ms) => void (skew = ms),
  };

  return {
    knobs,
    pick: rules.pick,
    token: () => token,
    skewMs: () => skew,
    tokenExpired: (revision: number) => revision <= expiredUpTo,
    isForbidden: (verb: string, plural: string) => {
      const verbs = forbidden.get(plural) ?? [];
      return verbs.includes('*') || verbs.includes(verb);
    },
    brokenGroup: groups.find,
    /** True once: the CRD of these objects is to go now. */
    takeDoomed: (bucket: string) => doomed.delete(bucket),
    isRestless: (plural: string) => restless.has(plural),
  };
}
