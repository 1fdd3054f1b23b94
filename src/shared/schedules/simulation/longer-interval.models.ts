import { parseCron } from '../cron/cron-parse.models.ts';
import { cronSentence } from '../cron/cron-sentence.models.ts';
import type { Remedy } from '../preview.contract.ts';
import { remedyOf } from './finding.models.ts';
import { expanded } from './shift.models.ts';
import type { Simulated } from './simulation.types.ts';

/** So many times a long run should fit into its interval. */
const spare = 1.2;
const minute = 60_000;
/** Those that divide an hour, and a day: the time on the clock stays the same each time. */
const minuteSteps = [5, 10, 15, 20, 30] as const;
const hourSteps = [2, 3, 4, 6, 8, 12] as const;

type Longer = { frequency: string; minutes: number };

/** The next longer interval in which a long run has room; none when that would be over a day. */
export function longerInterval({ frequency, duration }: Simulated): Remedy[] {
  if (typeof frequency !== 'string') return [];
  const atLeast = (duration.p90 * spare) / minute;
  const longer = longerThan(expanded(frequency.trim())).find(({ minutes }) => minutes >= atLeast);
  if (!longer) return [];
  return [
    remedyOf({
      kind: 'widen',
      label: runs(longer.frequency),
      change: { frequency: longer.frequency },
    }),
  ];
}

/** `Run at 02:00`: what the new expression says, since an hour that is left out makes it rarer. */
function runs(frequency: string): string {
  const parsed = parseCron(frequency, 'calendar');
  const sentence = parsed.ok ? cronSentence(parsed.cron) : frequency;
  return `Run ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

/** What it could be instead, the shortest first; empty when it has no interval. */
function longerThan(text: string): Longer[] {
  if (text.startsWith('@every ')) return everySteps;
  const match = /^((?:(?:CRON_)?TZ=\S+\s+)?)(\S+)\s+(\S+)\s+(.+)$/.exec(text);
  if (!match) return [];
  const [, zone = '', minutes = '', hours = '', days = ''] = match;
  const first = /^\d+/.exec(minutes)?.[0] ?? '0';
  const isOpen = (field: string) => /^\*(\/\d+)?$/.test(field);
  const withMinutes = isOpen(minutes)
    ? minuteSteps.map((step) => ({ minutes: step, frequency: `*/${step} ${hours}` }))
    : [];
  const hourly = { minutes: 60, frequency: `${first} ${hours}` };
  const withHours = isOpen(hours)
    ? [
        ...hourSteps.map((step) => ({ minutes: step * 60, frequency: `${first} */${step}` })),
        { minutes: 1440, frequency: `${first} 0` },
      ]
    : [];
  return [...withMinutes, hourly, ...withHours].map((one) => ({
    ...one,
    frequency: `${zone}${one.frequency} ${days}`,
  }));
}

const everySteps: Longer[] = [
  ...[...minuteSteps, 60].map((minutes) => ({ minutes, frequency: `@every ${minutes}m` })),
  ...[...hourSteps, 24].map((hours) => ({ minutes: hours * 60, frequency: `@every ${hours}h` })),
];
