import type { World } from '../world.types.ts';
import { addBase } from './base.ts';
import { loadEstate } from './load.ts';

/** `demo`: a believable company; `objects`: so many plain ones, for measuring. */
export type Estate = 'demo' | 'empty' | { objects: number };

type Churn = { stop: () => void };

export function fillEstate(world: World, _estate: Estate, _churn: boolean): Churn {
  loadEstate(world, addBase);
  return { stop: () => {} };
}
