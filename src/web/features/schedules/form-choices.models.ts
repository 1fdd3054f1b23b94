import type { ScheduleSpec } from '#shared/schedules/schedule.contract.ts';
import { type Weekday, weekdays } from '#shared/schedules/window.models.ts';

/** A form as it is filled in: texts as they were typed. */
export type Choices = {
  name: string;
  mode: 'expression' | 'window';
  expression: string;
  days: readonly Weekday[];
  from: string;
  to: string;
  timezone: string;
  type: ScheduleSpec['type'];
  retention: string;
  namespaces: readonly string[];
  priority: ScheduleSpec['priority'];
  missedRuns: ScheduleSpec['missedRuns'];
  catchUpWithin: string;
  overlap: ScheduleSpec['overlap'];
  jitter: string;
  targetRpo: string;
  excludedNamespaces: string;
  kinds: string;
  excludedKinds: string;
  labelSelector: string;
};

export const newChoices = (timezone: string): Choices => ({
  name: '',
  mode: 'expression',
  expression: '0 2 * * *',
  days: weekdays,
  from: '01:00',
  to: '05:00',
  timezone,
  type: 'incremental',
  retention: '30d',
  namespaces: [],
  priority: 'normal',
  missedRuns: 'latest',
  catchUpWithin: '',
  overlap: 'skip',
  jitter: '',
  targetRpo: '',
  excludedNamespaces: '',
  kinds: '',
  excludedKinds: '',
  labelSelector: '',
});

const listed = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);
const optional = <Name extends string>(name: Name, text: string) =>
  (text.trim() === '' ? {} : { [name]: text.trim() }) as Partial<Record<Name, string>>;
const optionalList = <Name extends string>(name: Name, text: string) =>
  (listed(text).length === 0 ? {} : { [name]: listed(text) }) as Partial<Record<Name, string[]>>;

export const specOf = (choices: Choices): ScheduleSpec => ({
  engine: 'embedded',
  frequency:
    choices.mode === 'window'
      ? { days: [...choices.days], from: choices.from, to: choices.to }
      : choices.expression.trim(),
  timezone: choices.timezone.trim(),
  type: choices.type,
  retention: retentionOf(choices.retention),
  priority: choices.priority,
  missedRuns: choices.missedRuns,
  overlap: choices.overlap,
  ...(choices.namespaces.length > 0 && { namespaces: [...choices.namespaces] }),
  ...optional('catchUpWithin', choices.missedRuns === 'all' ? choices.catchUpWithin : ''),
  ...optional('jitter', choices.jitter),
  ...optional('targetRpo', choices.targetRpo),
  ...optional('labelSelector', choices.labelSelector),
  ...optionalList('excludedNamespaces', choices.excludedNamespaces),
  ...optionalList('kinds', choices.kinds),
  ...optionalList('excludedKinds', choices.excludedKinds),
});

const rules = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly', 'minimum'] as const;

/** `7d`, `forever`, or rules: `daily 7, weekly 4, within 12h`. */
function retentionOf(text: string): ScheduleSpec['retention'] {
  const words = text.trim().split(/[\s,:=]+/);
  if (words.length < 2) return text.trim();
  const found: Exclude<ScheduleSpec['retention'], string> = {};
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [word = '', value = ''] = words.slice(at, at + 2);
    const rule = rules.find((one) => one === word);
    if (rule) found[rule] = Number(value);
    else if (word === 'within') found.within = value;
    else return text.trim();
  }
  return found;
}

function retentionText(retention: ScheduleSpec['retention']): string {
  if (typeof retention === 'string') return retention;
  return Object.entries(retention)
    .flatMap(([rule, value]) => (value === undefined ? [] : [`${rule} ${value}`]))
    .join(', ');
}

/** A saved schedule as a form. */
export function choicesOf(name: string, spec: ScheduleSpec): Choices {
  const { frequency } = spec;
  const fresh = newChoices(spec.timezone);
  return {
    ...fresh,
    ...(typeof frequency === 'string'
      ? { mode: 'expression', expression: frequency }
      : { mode: 'window', ...frequency }),
    name,
    type: spec.type,
    retention: retentionText(spec.retention),
    namespaces: spec.namespaces ?? [],
    priority: spec.priority,
    missedRuns: spec.missedRuns,
    overlap: spec.overlap,
    catchUpWithin: spec.catchUpWithin ?? '',
    jitter: spec.jitter ?? '',
    targetRpo: spec.targetRpo ?? '',
    labelSelector: spec.labelSelector ?? '',
    excludedNamespaces: (spec.excludedNamespaces ?? []).join(', '),
    kinds: (spec.kinds ?? []).join(', '),
    excludedKinds: (spec.excludedKinds ?? []).join(', '),
  };
}
