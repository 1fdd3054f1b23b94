import type { FieldSet } from './cron.types.ts';
/** Tables over 0…size-1 that answer "which comes next" in one look. */
export declare function fieldSet(values: Iterable<number>, size: number): FieldSet;
/** The first value ≥ this one; the table's size when there is none. */
export declare const atOrAfter: ({ next }: FieldSet, value: number) => number;
/** The last value ≤ this one; -1 when there is none. */
export declare const atOrBefore: ({ previous }: FieldSet, value: number) => number;
export declare const includes: (set: FieldSet, value: number) => boolean;
/** Bit n for value n. */
export declare const bitsOf: (values: Iterable<number>) => number;
