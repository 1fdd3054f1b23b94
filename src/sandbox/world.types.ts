import type { Registry } from './api/registry.ts';
import type { Faults } from './faults/faults.ts';
import type { Random } from './random.models.ts';
import type { Store } from './store/store.ts';

/** The same shape as everywhere: tests move it by hand. */
export type Clock = () => Temporal.Instant;

/** What every part of the sandbox works on. */
export type World = {
  store: Store;
  registry: Registry;
  faults: Faults;
  clock: Clock;
  random: Random;
  /** Milliseconds between bookmarks of a watch. */
  bookmarkMs: number;
};

/** Seconds, as metadata has it: `2026-11-23T21:00:00Z`. */
export const timestamp = (clock: Clock): string =>
  clock().round('second').toString().replace(/\.\d+/, '');
