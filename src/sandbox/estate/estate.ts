import type { World } from '../world.types.ts';
import { addBase } from './base.ts';
import { startChurn } from './churn.ts';
import { addDemo } from './demo.ts';
import { loadEstate } from './load.ts';
import { loadMany } from './many.ts';

/** `demo`: a believable company; `objects`: so many plain ones, for measuring. */
export type Estate = 'demo' | 'empty' | { objects: number };

/** Fills the store; answers how to stop its changing. */
export function fillEstate(world: World, estate: Estate, churn: boolean): { stop: () => void } {
  loadEstate(world, (add) => {
    if (estate === 'demo') addDemo(add, world.random);
    else addBase(add);
  });
  if (typeof estate === 'object') loadMany(world, estate.objects);
  return churn ? startChurn(world) : { stop: () => {} };
}
