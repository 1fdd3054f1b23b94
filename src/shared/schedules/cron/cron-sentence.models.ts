import cronstrue from 'cronstrue';
import { spanOfSeconds } from '../../words/format.models.ts';
import { boundsOf, type Bounds } from './cron-bounds.models.ts';
import { parseItem } from './cron-items.models.ts';
import { fieldsOfDescriptor } from './cron-parse.models.ts';
import { isFailure } from './cron.errors.ts';
import type { Cron, CronDialect } from './cron.types.ts';

/**
 * The expression as a sentence without its full stop: `At 02:00, Monday through Friday`. cronstrue words
 * it, after what it would word wrongly was written out: `*\/7` comes at 0, 7 … 56, not every seven minutes.
 */
export function cronSentence(cron: Cron): string {
  const sentence = sentences.get(cron) ?? worded(cron);
  sentences.set(cron, sentence);
  return sentence;
}

/** As long as the expression itself is remembered. */
const sentences = new WeakMap<Cron, string>();

function worded({ rule, text, dialect }: Cron): string {
  if (rule.kind === 'never') return 'Never by itself';
  if (rule.kind === 'every')
    return `Every ${spanOfSeconds(rule.seconds)}, counted from the last run`;
  const words = fieldsOf(text).split(/\s+/);
  const plain = words.map((word, at) => writtenOut(word, boundsOf(dialect)[at], dialect)).join(' ');
  const sentence = cronstrue.toString(plain, { use24HourTimeFormat: true });
  return `${sentence}${bothDays(words, rule.days)}`;
}

function fieldsOf(text: string): string {
  const what = text.replace(/^(?:CRON_)?TZ=\S+\s+/, '').trim();
  return fieldsOfDescriptor(what) ?? what;
}

/** Who reads `15 * FRI` must not have to know which of two ways is meant. */
function bothDays(words: readonly string[], days: 'either' | 'both'): string {
  const [, , day = '*', , weekday = '*'] = words;
  if (/^[*?]/.test(day) || /^[*?]/.test(weekday)) return '';
  return days === 'either' ? ' (whichever comes)' : ' (only when both meet)';
}

function writtenOut(word: string, bounds: Bounds | undefined, dialect: CronDialect): string {
  if (!bounds) return word;
  const items = word.split(',').map((item) => itemWrittenOut(item, bounds, dialect));
  return [...new Set(items.flatMap((item) => item.split(',')))]
    .filter((item) => item !== '')
    .join(',');
}

function itemWrittenOut(item: string, bounds: Bounds, dialect: CronDialect): string {
  const [range = '', step] = item.split('/');
  if (step === undefined) return item;
  const parsed = parseItem({ text: item, from: 0 }, bounds, dialect);
  if (isFailure(parsed) || parsed.values.length === 0) return item;
  if (parsed.isOpen) return '*';
  return range === '*' && dividesEvenly(Number(step), bounds) ? item : parsed.values.join(',');
}

/** Days of the month never do: months have different lengths. */
const dividesEvenly = (step: number, { name, min, max }: Bounds): boolean =>
  name !== 'day of month' && name !== 'day of week' && (max - min + 1) % step === 0;
