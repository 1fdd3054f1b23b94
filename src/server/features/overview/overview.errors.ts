import { ProblemError } from '../../platform/problems.ts';

export const zoneUnknown = (zone: string) =>
  new ProblemError({
    code: 'overview.zone_unknown',
    status: 400,
    title: `${JSON.stringify(zone)} is not a time zone.`,
    detail: 'Nothing was changed. Zones are named as in Europe/Zurich or UTC.',
  });
