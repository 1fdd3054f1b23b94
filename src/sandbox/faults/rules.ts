import type { Random } from '../random.models.ts';
import type { Fault, FaultRule } from './faults.types.ts';

export type Asked = { url: string; method: string; watch: boolean };
type KeptRule = FaultRule & { seen: number; left: number };

/** The rules in force, in the order in which they came: the first that is due hits. */
export function createRules(random: Random) {
  let rules: KeptRule[] = [];
  let hits = 0;
  return {
    /** Answers how to take the rule back. */
    add: (rule: FaultRule): (() => void) => {
      const kept = { ...rule, seen: 0, left: rule.times ?? Infinity };
      rules.push(kept);
      return () => {
        rules = rules.filter((one) => one !== kept);
      };
    },
    clear: (): void => {
      rules = [];
    },
    hits: () => hits,
    pick: (asked: Asked): Fault | undefined => {
      const rule = rules.find((one) => matches(one, asked) && isDue(one, random));
      if (!rule) return undefined;
      rule.left -= 1;
      hits += 1;
      return rule.fault;
    },
  };
}

function matches(rule: FaultRule, { url, method, watch }: Asked): boolean {
  const path = typeof rule.path === 'string' ? url.includes(rule.path) : rule.path.test(url);
  return path && (rule.method ?? method) === method && (rule.watch ?? watch) === watch;
}

function isDue(rule: KeptRule, random: Random): boolean {
  if (rule.left <= 0) return false;
  rule.seen += 1;
  if (rule.seen <= (rule.after ?? 0)) return false;
  return rule.probability === undefined || random.next() < rule.probability;
}
