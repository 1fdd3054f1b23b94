import type { Registry } from '../api/registry.ts';
import type { Resource } from '../api/resource.types.ts';
import type { Random } from '../random.models.ts';
import type { Store } from '../store/store.ts';
import type { Fault, FaultKnobs, FaultRule } from './faults.types.ts';

export type Asked = { url: string; method: string; watch: boolean };
export type PageSeen = { resource: Resource; namespace: string; last: string; more: boolean };

export type Faults = ReturnType<typeof createFaults>;

type Needs = { random: Random; store: Store; registry: Registry };

/** The table of faults: `knobs` for tests, the rest for the server to ask. */
export function createFaults({ random, store, registry }: Needs) {
  let rules: (FaultRule & { seen: number; left: number })[] = [];
  let hits = 0;
  let expiredUpTo = -1;
  let skew = 0;
  let token = `sandbox-${random.uuid()}`;
  const forbidden = new Map<string, readonly string[]>();
  const broken = new Map<string, boolean>();
  const doomed = new Set<string>();
  const restless = new Set<string>();

  const pick = (asked: Asked): Fault | undefined => {
    const rule = rules.find((one) => matches(one, asked) && isDue(one, random));
    if (!rule) return undefined;
    rule.left -= 1;
    hits += 1;
    return rule.fault;
  };

  const breakGroup = (group: string, { stale = false } = {}) => {
    broken.set(group, stale);
    if (!registry.resources().some((one) => one.group === group)) {
      registry.serve(`broken ${group}`, [aggregatedResource(group)]);
    }
  };

  const clear = () => {
    rules = [];
    forbidden.clear();
    for (const group of broken.keys()) registry.withdraw(`broken ${group}`);
    broken.clear();
    doomed.clear();
    restless.clear();
    skew = 0;
  };

  const knobs: FaultKnobs = {
    add: (rule) => {
      const kept = { ...rule, seen: 0, left: rule.times ?? Infinity };
      rules.push(kept);
      return () => {
        rules = rules.filter((one) => one !== kept);
      };
    },
    clear,
    hits: () => hits,
    expireContinueTokens: () => {
      expiredUpTo = store.revision();
    },
    compact: store.compact,
    expireToken: () => (token = `sandbox-${random.uuid()}`),
    breakGroup,
    deleteDefinitionWhileListing: (name) => void doomed.add(name),
    mutateWhileListing: (plural) => void restless.add(plural),
    forbid: (plurals, verbs = ['*']) => {
      for (const plural of plurals) forbidden.set(plural, verbs);
    },
    skewClock: (ms) => {
      skew = ms;
    },
  };

  return {
    knobs,
    pick,
    token: () => token,
    skewMs: () => skew,
    tokenExpired: (revision: number) => revision <= expiredUpTo,
    isForbidden: (verb: string, plural: string) => {
      const verbs = forbidden.get(plural) ?? [];
      return verbs.includes('*') || verbs.includes(verb);
    },
    /** undefined: works; otherwise whether it is announced without kinds. */
    brokenGroup: (group: string) => broken.get(group),
    /** True once: the CRD of these objects is to go now. */
    takeDoomed: (bucket: string) => doomed.delete(bucket),
    isRestless: (plural: string) => restless.has(plural),
  };
}

function matches(rule: FaultRule, { url, method, watch }: Asked): boolean {
  const path = typeof rule.path === 'string' ? url.includes(rule.path) : rule.path.test(url);
  return path && (rule.method ?? method) === method && (rule.watch ?? watch) === watch;
}

function isDue(rule: FaultRule & { seen: number; left: number }, random: Random): boolean {
  if (rule.left <= 0) return false;
  rule.seen += 1;
  if (rule.seen <= (rule.after ?? 0)) return false;
  return rule.probability === undefined || random.next() < rule.probability;
}

/** What metrics-server would announce. */
const aggregatedResource = (group: string): Resource => ({
  group,
  version: 'v1beta1',
  plural: 'pods',
  singular: 'pod',
  kind: 'PodMetrics',
  listKind: 'PodMetricsList',
  namespaced: true,
  verbs: ['get', 'list'],
  shortNames: [],
  categories: [],
  subresources: [],
  storageVersionHash: '',
  bucket: `pods.${group}`,
  custom: true,
  storedAs: `${group}/v1beta1`,
  schemas: [],
});
