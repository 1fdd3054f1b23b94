/** What a step found. `skipped`: there, but not run. */
export type Tally = { passed: number; failed: number; skipped: number };

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

export const sum = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    nothing,
  );

/** The part of Vitest's JSON report that counts. */
export type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
};

/**
 * A run that failed without a failed test (a file that does not load, a set-up that breaks) counts
 * as one failure: it must not look like success.
 */
export function tallyOf(report: Report | undefined, exitCode: number): Tally {
  const failed = report?.numFailedTests ?? 0;
  return {
    passed: report?.numPassedTests ?? 0,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
}

/** In continuous integration nothing may be skipped. */
export const strict = (tally: Tally): Tally => ({
  ...tally,
  failed: tally.failed + tally.skipped,
  skipped: 0,
});

export const lastLine = ({ passed, failed }: Tally): string => `${passed} passed, ${failed} failed`;
