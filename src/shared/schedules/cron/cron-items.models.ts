import { count } from '../../words/format.models.ts';
import type { Bounds, FieldName } from './cron-bounds.models.ts';
import { type CronFailure, failure, isFailure } from './cron.errors.ts';
import { aField, numberOrName, wholeNumber, wrong } from './cron-words.models.ts';
import type { Word } from './cron-words.models.ts';
import { parseDayRule } from './cron-rules.models.ts';
import type { CronDialect, DayRule } from './cron.types.ts';

/** One item of a list. `isOpen`: it is `*` or `?`, so that the other day field decides. */
export type Item = { values: number[]; rule: DayRule | null; isOpen: boolean };

type In = { word: Word; bounds: Bounds; dialect: CronDialect };
type Range = { start: number; end: number; isOpen: boolean; isSingle: boolean };

/** `5`, `MON`, `1-5`, `*`, `*\/15`, `8-18/2`, and in `calendar` `L`, `15W`, `FRI#3`. */
export function parseItem(word: Word, bounds: Bounds, dialect: CronDialect): Item | CronFailure {
  const rule = dialect === 'calendar' ? parseDayRule(word, bounds) : null;
  if (rule) return isFailure(rule) ? rule : { values: [], rule, isOpen: false };
  const strange = dialect === 'calendar' ? notOfCalendar(word, bounds) : null;
  if (strange) return strange;
  const [written = '', step, more] = word.text.split('/');
  if (more !== undefined) return wrong(word, 'has more than one /.');
  const range = parseRange({ ...word, text: written }, bounds, dialect);
  if (isFailure(range)) return range;
  const every = step === undefined ? 1 : wholeNumber(step, dialect);
  if (every === null || every === 0) return wrong(word, `has no usable step: ${step}.`, written);
  return spread({ ...range, step: every, hasStep: step !== undefined }, { word, bounds, dialect });
}

/** What Velero's libraries let pass, and nobody means: a number with a sign, and `?` for a time. */
function notOfCalendar(word: Word, { name }: Bounds): CronFailure | null {
  const { text } = word;
  if (text.includes('+'))
    return wrong(word, 'has a sign, but a number has none here.', unsigned(text));
  return text.startsWith('?') && !name.startsWith('day')
    ? wrong(word, `leaves a day open; for ${aField(name)} that is *.`, text.replace('?', '*'))
    : null;
}

const unsigned = (text: string): string => text.replaceAll('+', '');

function parseRange(word: Word, bounds: Bounds, dialect: CronDialect): Range | CronFailure {
  const [low = '', high, more] = word.text.split('-');
  const isSingle = high === undefined;
  // The Go libraries do not look at what follows the star: `*-5` is `*`.
  if ((low === '*' || low === '?') && (isSingle || dialect !== 'calendar'))
    return { start: bounds.min, end: bounds.max, isOpen: true, isSingle };
  if (more !== undefined) return wrong(word, 'has more than one -.');
  const [start, end] = [low, high ?? low].map((text) => numberOrName(text, bounds, dialect));
  if (start == null || end == null) return notKnown(word, bounds, dialect);
  return checked({ start, end, isOpen: false, isSingle }, { word, bounds, dialect });
}

function checked(range: Range, { word, bounds, dialect }: In): Range | CronFailure {
  const { start, end } = range;
  const lowest = Math.min(start, dialect === 'calendar' ? end : start);
  if (lowest < bounds.min || Math.max(start, end) > bounds.max)
    return outside(word, bounds, dialect);
  return start > end && dialect === 'robfig'
    ? wrong(word, 'runs backwards, which this version of Velero refuses.')
    : range;
}

/** All values, run around the end where that is allowed. */
function spread(
  range: Range & { step: number; hasStep: boolean },
  { word, bounds, dialect }: In,
): Item | CronFailure {
  const { start, step, hasStep, isSingle } = range;
  const end = hasStep && isSingle ? bounds.max : range.end;
  // Sunday is both 0 and 7: going around the week, go-cron counts eight days, the calendar seven.
  const isWeek = bounds.name === 'day of week' && dialect === 'calendar';
  const size = bounds.max - bounds.min + (isWeek ? 0 : 1);
  const last = start > end ? end + size : end;
  if (dialect !== 'robfig' && step > 1 && step > last - start)
    return stepTooLong(word, bounds, { start, step, size: last - start + 1 });
  const values: number[] = [];
  for (let value = start; value <= last; value += step)
    values.push(value > bounds.max ? ((value - bounds.min) % size) + bounds.min : value);
  return { values, rule: null, isOpen: range.isOpen && step === 1 };
}

/** Whoever writes `*\/60` means once an hour, or so many minutes that they are hours. */
function stepTooLong(
  word: Word,
  { name }: Bounds,
  { start, step, size }: { start: number; step: number; size: number },
): CronFailure {
  const larger = largerField[name];
  const longer =
    larger === null ? '' : ` What comes less often is written in the field of the ${larger}.`;
  return wrong(
    word,
    `has a step of ${step} over ${count(size, 'value')}, of which only ${start} is left: write ${start}.${longer}`,
    String(start),
  );
}

const largerField: Readonly<Record<FieldName, FieldName | null>> = {
  minute: 'hour',
  hour: 'day of month',
  'day of month': 'month',
  month: null,
  'day of week': null,
};

const outside = (word: Word, { name, min, max }: Bounds, dialect: CronDialect): CronFailure => {
  const isSunday = dialect === 'robfig' && name === 'day of week' && word.text === '7';
  return failure({
    message: `${word.text} is not ${aField(name)}: ${min} to ${max}.${isSunday ? ' Sunday is 0 in this version of Velero.' : ''}`,
    from: word.from,
    to: word.from + word.text.length,
    suggestion: isSunday ? '0' : null,
  });
};

function notKnown(word: Word, bounds: Bounds, dialect: CronDialect): CronFailure {
  const isExtended = /^(L|LW|L-\d+|\d+W|\w+#\w+|\w+L)$/i.test(word.text) && dialect !== 'calendar';
  if (isExtended) return wrong(word, 'is known to Lifeboat’s own engine only, not to Velero.');
  const names = bounds.names.length > 0 ? ` or ${bounds.names.join(', ')}` : '';
  return wrong(word, `is not ${aField(bounds.name)}: ${bounds.min} to ${bounds.max}${names}.`);
}
