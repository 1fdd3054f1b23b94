export type Random = {
  /** From 0 to 1, without 1. */
  next: () => number;
  /** A whole number below `end`. */
  below: (end: number) => number;
  pick: <T>(from: readonly T[]) => T;
  uuid: () => string;
  /** The suffix of generated names: Kubernetes' alphabet without vowels and look-alikes. */
  suffix: (length?: number) => string;
};

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** Deterministic by seed (mulberry32), so that an estate is the same on every machine. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  const hex = (length: number) => Array.from({ length }, () => below(16).toString(16)).join('');
  return {
    next,
    below,
    pick: (from) => {
      const picked = from[below(from.length)];
      if (picked === undefined) throw new RangeError('Nothing to pick from.');
      return picked;
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[below(4)] ?? '8'}${hex(3)}-${hex(12)}`,
    suffix: (length = 5) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(''),
  };
}
