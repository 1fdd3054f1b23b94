import { closedAt } from '../blackouts.models.ts';
import { slotsOf } from './occurrences.models.ts';
import type { Simulated, World } from './simulation.types.ts';

/** A time in a blackout is no better one, however many of its slots wait elsewhere. */
export const isOpen = (one: Simulated, { now, blackouts }: World): boolean =>
  slotsOf(one, now).every((at) => closedAt(blackouts, at) === null);
