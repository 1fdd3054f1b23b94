import { type Bounds, boundsOf } from './cron-bounds.models.ts';
import { type CronFailure, failure, isFailure } from './cron.errors.ts';
import { type Item, parseItem } from './cron-items.models.ts';
import type { Word } from './cron-words.models.ts';
import type { CronDialect, CronFields, DayRule } from './cron.types.ts';
import { bitsOf, fieldSet } from './field-set.models.ts';
import { monthDays } from './month-days.models.ts';

type Field = { values: number[]; rules: DayRule[]; isOpen: boolean };

/** Five fields, from this character on. */
export function parseFields(
  text: string,
  from: number,
  dialect: CronDialect,
): CronFields | CronFailure {
  const words = [...text.slice(from).matchAll(/\S+/g)].map((match): Word => ({
    text: match[0],
    from: from + match.index,
  }));
  if (words.length !== 5) return wrongCount(text, from, words);
  const fields: Field[] = [];
  for (const [index, bounds] of boundsOf(dialect).entries()) {
    const field = parseField(words[index] ?? { text: '', from }, bounds, dialect);
    if (isFailure(field)) return field;
    fields.push(field);
  }
  return compose(fields, words, dialect);
}

function wrongCount(text: string, from: number, words: readonly Word[]): CronFailure {
  const texts = words.map((word) => word.text);
  const isYear = words.length === 6 && /^(19|20)\d\d/.test(texts[5] ?? '');
  const extra = isYear ? 'years' : 'seconds';
  const tail = words.length === 6 ? ` There is no field for ${extra}.` : '';
  const five = words.length === 6 && !isYear ? texts.slice(1) : [...texts, ...Array(5).fill('*')];
  return failure({
    message: `Five fields are needed (minute, hour, day of month, month, day of week), here ${words.length === 1 ? 'is 1' : `are ${words.length}`}.${tail}`,
    from,
    to: text.length,
    suggestion: five.slice(0, 5).join(' '),
  });
}

function parseField(word: Word, bounds: Bounds, dialect: CronDialect): Field | CronFailure {
  const field: Field = { values: [], rules: [], isOpen: false };
  for (const item of itemsOf(word)) {
    const parsed = parseItem(item, bounds, dialect);
    if (isFailure(parsed)) return parsed;
    add(field, parsed);
  }
  const isEmpty = field.values.length === 0 && field.rules.length === 0;
  // Both Go libraries drop empty items, and with them what is left of `,,,`: it never comes.
  return isEmpty && dialect === 'calendar' ? nothingIn(word, bounds) : field;
}

const nothingIn = ({ text, from }: Word, { name }: Bounds): CronFailure =>
  failure({ message: `The ${name} names nothing.`, from, to: from + text.length, suggestion: '*' });

const itemsOf = ({ text, from }: Word): Word[] =>
  [...text.matchAll(/[^,]+/g)].map((match) => ({ text: match[0], from: from + match.index }));

function add(field: Field, { values, rule, isOpen }: Item): void {
  field.values.push(...values);
  if (rule) field.rules.push(rule);
  field.isOpen ||= isOpen;
}

const none: Field = { values: [], rules: [], isOpen: false };

function compose(
  fields: readonly Field[],
  words: readonly Word[],
  dialect: CronDialect,
): CronFields {
  const [minute = none, hour = none, day = none, month = none, weekday = none] = fields;
  const isEitherWhenBoth = dialect !== 'go-cron' && !day.isOpen && !weekday.isOpen;
  const days = {
    daysOfMonth: bitsOf(day.values),
    weekdays: bitsOf(weekday.values.map((value) => value % 7)),
    dayRules: day.rules,
    weekdayRules: weekday.rules,
    days: isEitherWhenBoth ? ('either' as const) : ('both' as const),
  };
  return {
    kind: 'fields',
    minutes: fieldSet(minute.values, 60),
    hours: fieldSet(hour.values, 24),
    months: bitsOf(month.values),
    ...days,
    monthDays: monthDays(days),
    isInterval: words.slice(0, 2).some(({ text }) => /[*?]/.test(text)),
  };
}
