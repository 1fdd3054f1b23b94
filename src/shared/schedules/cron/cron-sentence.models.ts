import { spanOfSeconds } from '../../words/format.models.ts';
import { daysInWords, monthsInWords } from './cron-day-words.models.ts';
import { timeInWords } from './cron-time-words.models.ts';
import type { Cron, CronDialect, CronFields } from './cron.types.ts';

/**
 * The expression as a sentence without its full stop: `At 02:00, Monday through Friday`. It is made from
 * what was read and not from how it is written, so that whatever can be read has one, and what means the
 * same is said the same.
 */
export function cronSentence({ rule, dialect }: Cron): string {
  switch (rule.kind) {
    case 'never':
      return never;
    case 'every':
      return `Every ${spanOfSeconds(rule.seconds)}, counted from the last ${countedFrom[dialect]}`;
    case 'fields':
      return fieldsInWords(rule);
  }
}

const never = 'Never by itself';

/** Velero counts from when it last made one, and is up to a minute later each time. */
const countedFrom: Readonly<Record<CronDialect, string>> = {
  calendar: 'slot',
  robfig: 'backup',
  'go-cron': 'backup',
};

function fieldsInWords(fields: CronFields): string {
  const [days, months] = [daysInWords(fields), monthsInWords(fields)];
  const { minutes, hours } = fields;
  // Velero's libraries read lists of nothing.
  if (minutes.values.length * hours.values.length === 0 || days === null || months === null)
    return never;
  return [timeInWords(fields), days, months].filter((part) => part !== '').join(', ');
}
