import type { Case } from './cases/case.types.ts';
import { customCases } from './cases/custom.ts';
import { endCases } from './cases/ends.ts';
import { kindCases } from './cases/kinds.ts';
import { objectCases } from './cases/objects.ts';
import { pathCases } from './cases/paths.ts';

/** In order: later cases see what earlier ones left. */
export const cases: readonly Case[] = [
  ...pathCases,
  ...objectCases,
  ...kindCases,
  ...customCases,
  ...endCases,
];
