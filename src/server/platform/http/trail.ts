import type { AuditNote } from '../audit.types.ts';
import { ProblemError } from '../problems.ts';
import type { Gate } from './gate.ts';

type About = Pick<AuditNote, 'action' | 'cluster' | 'target'>;
type Given = { gate: Pick<Gate, 'audit' | 'log'>; about: About; actor: () => string };

export type Trail = {
  refused: (code: string) => Promise<void>;
  around: <T>(act: () => Promise<T>) => Promise<T>;
};

/** Reading leaves no trail here; what is sensitive to read is audited by its use case. */
export const noTrail: Trail = { refused: async () => {}, around: (act) => act() };

/**
 * The intent is written first, so that an act whose process died has left its trace; an act whose intent
 * cannot be written does not begin. `actor` is asked each time: signing in gives it a name.
 */
export function trailOf({ gate, about, actor }: Given): Trail {
  const note = (outcome: AuditNote['outcome'], code: string | null = null) =>
    gate.audit({ ...about, actor: actor(), outcome, code });

  /** What was done stays done: a failure to write this is ours to find in the log. */
  const outcome = (...what: Parameters<typeof note>) =>
    note(...what).catch((error: unknown) =>
      gate.log.error({ err: error, ...about, outcome: what[0] }, 'audit outcome not written'),
    );

  return {
    refused: (code) => note('refused', code),
    around: async (act) => {
      await note('intended');
      try {
        const result = await act();
        await outcome('done');
        return result;
      } catch (error) {
        await outcome('failed', codeOf(error));
        throw error;
      }
    },
  };
}

const codeOf = (error: unknown) =>
  error instanceof ProblemError ? error.problem.code : 'server.broken';
