import { findingOf, type Found } from './finding.models.ts';
import { keepingFindings } from './keeping-findings.models.ts';
import { placeFindings } from './place-findings.models.ts';
import type { Simulated, World } from './simulation.types.ts';
import { timingFindings } from './timing-findings.models.ts';

/** What is the matter with a schedule even if it were alone. */
export function ownFindings(one: Simulated, slots: readonly number[], world: World): Found[] {
  if (one.fault !== null) return [unusable(one, one.fault)];
  return [
    ...timingFindings(one, slots, world),
    ...keepingFindings(one, slots, world),
    ...placeFindings(one, slots, world),
  ];
}

const unusable = (one: Simulated, { kind, error }: NonNullable<Simulated['fault']>): Found =>
  findingOf({
    kind,
    severity: 'error',
    sentence: `${one.name}: ${error.message}`,
    schedules: [one],
  });
