import { ordinal } from '../../words/format.models.ts';
import { evenStep, inStretches, listed, stretches } from '../../words/lists.models.ts';
import type { CronFields } from './cron.types.ts';

/** So many times of the day are named one by one. */
const mostTimes = 6;

/** `At 02:00`, `Every 15 minutes, between 07:00 and 07:59`: minutes and hours together. */
export function timeInWords({ minutes, hours }: Pick<CronFields, 'minutes' | 'hours'>): string {
  const [when, within] = [minutes.values, hours.values];
  if (when.length * within.length <= mostTimes || isIrregular(when, within))
    return `At ${listed(within.flatMap((hour) => when.map((minute) => clock(hour, minute))))}`;
  return when.length === 1 && when[0] === 0
    ? onTheHour(within)
    : [minutesInWords(when), hoursInWords(within)].filter(Boolean).join(', ');
}

/** One minute of hours without any order: naming the times is shortest. */
const isIrregular = (minutes: readonly number[], hours: readonly number[]): boolean =>
  minutes.length === 1 &&
  evenStep(hours) === null &&
  stretches(hours).every(([first, last]) => last - first < 2);

const two = (value: number): string => String(value).padStart(2, '0');
const clock = (hour: number, minute: number): string => `${two(hour)}:${two(minute)}`;

function onTheHour(hours: readonly number[]): string {
  if (hours.length === 24) return 'Every hour';
  const step = dividing(hours, 24);
  if (step !== null) return `Every ${step} hours`;
  const [[first, last] = [0, 0], ...more] = stretches(hours);
  return more.length === 0
    ? `Every hour, between ${clock(first, 0)} and ${clock(last, 0)}`
    : `On the hour, ${hoursInWords(hours)}`;
}

/** The step of values that come evenly around the whole clock, from 0 on. */
function dividing(values: readonly number[], size: number): number | null {
  const step = size / values.length;
  const isEven = values.every((value, index) => value === index * step);
  return values.length > 1 && step > 1 && isEven ? step : null;
}

function minutesInWords(minutes: readonly number[]): string {
  if (minutes.length === 60) return 'Every minute';
  const whole = dividing(minutes, 60);
  if (whole !== null) return `Every ${whole} minutes`;
  const [first = 0, last] = [minutes[0], minutes.at(-1)];
  const step = evenStep(minutes);
  if (step !== null) return `Every ${step} minutes from ${first} through ${last} past the hour`;
  const noun = minutes.length === 1 && first === 1 ? 'minute' : 'minutes';
  return `At ${listed(inStretches(minutes))} ${noun} past the hour`;
}

function hoursInWords(hours: readonly number[]): string {
  if (hours.length === 24) return '';
  const [first = 0, last = 0] = [hours[0], hours.at(-1)];
  if (stretches(hours).length === 1) return `between ${clock(first, 0)} and ${clock(last, 59)}`;
  const step = evenStep(hours);
  if (step === null) return `in the hours ${listed(inStretches(hours))}`;
  return `in every ${ordinal(step)} hour from ${first} through ${last}`;
}
