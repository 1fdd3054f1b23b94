import type { Frequency } from '#shared/schedules/timetable.models.ts';

/** `nightly-20261124020000`: the schedule and the slot, UTC; with `-2`, `-3`… when taken. */
export function backupNameOf(
  schedule: string,
  slot: number,
  taken: (name: string) => boolean,
): string {
  const digits = new Date(slot).toISOString().slice(0, 19).replaceAll(/\D/g, '');
  return free(`${schedule}-${digits}`, taken);
}

/** `daily`, `hourly`, `weekly`…: what somebody would call it who was not asked. */
export function scheduleNameOf(frequency: Frequency, taken: (name: string) => boolean): string {
  return free(kindOf(frequency), taken);
}

function kindOf(frequency: Frequency): string {
  if (typeof frequency !== 'string') return 'in-window';
  const text = frequency.replace(/^(?:CRON_)?TZ=\S+\s+/, '').trim();
  if (text.startsWith('@every')) return 'interval';
  if (text.startsWith('@')) return text.slice(1).replaceAll(/[^a-z]/g, '') || 'schedule';
  return kindOfFields(text.split(/\s+/));
}

function kindOfFields([minute = '', hour = '', ...days]: readonly string[]): string {
  if (isMany(minute)) return 'often';
  if (isMany(hour)) return 'hourly';
  const [day = '*', month = '*', weekday = '*'] = days;
  if (month !== '*') return 'yearly';
  if (!isOpen(day)) return 'monthly';
  return isOpen(weekday) ? 'daily' : 'weekly';
}

const isMany = (field: string): boolean => /[*,/-]/.test(field);
const isOpen = (field: string): boolean => field === '*' || field === '?';

function free(name: string, taken: (name: string) => boolean): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!taken(candidate)) return candidate;
  }
}
