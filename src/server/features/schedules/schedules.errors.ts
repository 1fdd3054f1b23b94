import type { Finding } from '#shared/schedules/preview.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { ProblemError } from '../../platform/problems.ts';

export const scheduleUnknown = (name: string) =>
  new ProblemError({
    code: 'schedules.unknown',
    status: 404,
    title: `There is no schedule ${name} here, or you may not see it.`,
    detail: 'Nothing was changed. Reload the list of schedules.',
  });

export const scheduleExists = (name: string) =>
  new ProblemError({
    code: 'schedules.name_taken',
    status: 409,
    title: `There is a schedule ${name} already.`,
    detail: 'Nothing was saved. Choose another name, or edit that schedule.',
  });

export const scheduleChanged = (name: string, version: number) =>
  new ProblemError({
    code: 'schedules.changed',
    status: 409,
    title: `Somebody else has changed ${name} meanwhile: it is at version ${version} now.`,
    detail: 'Nothing was saved. Look at what it is now, and make your change again.',
  });

/** In the form in which a request that does not fit its schema is refused, so that forms find the field. */
export const specInvalid = (field: string, fault: string) =>
  new ProblemError({
    code: 'request.invalid',
    status: 400,
    title: `${field}: ${fault.replace(/\.$/, '')}.`,
    detail: 'Nothing was saved. Correct it and save again.',
  });

/** At most three are named: the preview lists them all. */
const said = (findings: readonly Finding[]): string =>
  findings
    .slice(0, 3)
    .map(({ sentence }) => sentence)
    .join(' ');

export const wouldFail = (findings: readonly Finding[]) =>
  new ProblemError({
    code: 'schedules.would_fail',
    status: 409,
    title: `The check of the next 14 days found ${count(findings.length, 'error')}: ${said(findings)}`,
    detail: 'Nothing was saved. “schedules preview” shows all of them, and what helps.',
  });

export const needsTick = (findings: readonly Finding[]) =>
  new ProblemError({
    code: 'schedules.warnings',
    status: 409,
    title: `The check of the next 14 days warns: ${said(findings)}`,
    detail: 'Nothing was saved. Change it, or accept the warnings and save again.',
  });

export const pauseOver = (until: string) =>
  new ProblemError({
    code: 'schedules.pause_over',
    status: 400,
    title: `The pause would have ended already: ${until}.`,
    detail: 'Nothing was changed. Give a time that is still to come, or none.',
  });

export const documentInvalid = (fault: string) =>
  new ProblemError({
    code: 'schedules.document_invalid',
    status: 400,
    title: `The document cannot be taken: ${fault.replace(/\.$/, '')}.`,
    detail:
      'Nothing was saved, also not of the other schedules in it. Correct it and import it again.',
  });

export const clockDoubted = (why: string) =>
  new ProblemError({
    code: 'schedules.clock_doubted',
    status: 409,
    title: `The time is in doubt: ${why}`,
    detail: 'Nothing was deleted. Check the clock, then confirm the time under Settings, Health.',
  });
