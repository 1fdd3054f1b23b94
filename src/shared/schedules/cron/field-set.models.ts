import type { FieldSet } from './cron.types.ts';

/** Tables over 0…size-1 that answer "which comes next" in one look. */
export function fieldSet(values: Iterable<number>, size: number): FieldSet {
  const sorted = [...new Set(values)].toSorted((a, b) => a - b);
  const next = new Uint8Array(size + 1).fill(size);
  const previous = new Int8Array(size + 1).fill(-1);
  for (let value = size - 1; value >= 0; value -= 1)
    next[value] = sorted.includes(value) ? value : (next[value + 1] ?? size);
  for (let value = 0; value < size; value += 1)
    previous[value] = sorted.includes(value) ? value : (previous[value - 1] ?? -1);
  return { values: sorted, next, previous };
}

/** The first value ≥ this one; the table's size when there is none. */
export const atOrAfter = ({ next }: FieldSet, value: number): number =>
  next[value] ?? next.length - 1;

/** The last value ≤ this one; -1 when there is none. */
export const atOrBefore = ({ previous }: FieldSet, value: number): number => previous[value] ?? -1;

export const includes = (set: FieldSet, value: number): boolean => atOrAfter(set, value) === value;

/** Bit n for value n. */
export const bitsOf = (values: Iterable<number>): number => {
  let bits = 0;
  for (const value of values) bits |= 1 << value;
  return bits >>> 0;
};
