import type { CronDialect } from './cron.types.ts';

export type FieldName = 'minute' | 'hour' | 'day of month' | 'month' | 'day of week';

export type Bounds = {
  name: FieldName;
  min: number;
  max: number;
  names: readonly string[];
  /** Value of the first name. */
  firstName: number;
};

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdays = 'sun mon tue wed thu fri sat'.split(' ');
const unnamed = { names: [], firstName: 0 };

/** The five fields in their order. Sunday is also 7, but not for robfig. */
export const boundsOf = (dialect: CronDialect): readonly Bounds[] => [
  { name: 'minute', min: 0, max: 59, ...unnamed },
  { name: 'hour', min: 0, max: 23, ...unnamed },
  { name: 'day of month', min: 1, max: 31, ...unnamed },
  { name: 'month', min: 1, max: 12, names: months, firstName: 1 },
  {
    name: 'day of week',
    min: 0,
    max: dialect === 'robfig' ? 6 : 7,
    names: weekdays,
    firstName: 0,
  },
];
