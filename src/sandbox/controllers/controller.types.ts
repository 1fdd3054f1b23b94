import type { Change } from '../store/stored.types.ts';
import type { World } from '../world.types.ts';

/** Reacts to a change a moment later, as a controller does; writes through the same rules as people. */
export type Controller = (change: Change, world: World) => void;
