import { writeFileSync } from 'node:fs';

/** A scenario is told in steps; each says what it shows and fails on the first thing that does not hold. */
export type Story = {
  step: (title: string, act: () => Promise<void>) => Promise<void>;
  tally: () => { passed: number; failed: number };
};

/** Thrown by `must`: what should have been so. */
export class NotSo extends Error {}

export function must(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new NotSo(sentence);
}

/** After a failed step the ones that build on it are not told; they count as failed. */
export function createStory(): Story {
  let passed = 0;
  let failed = 0;
  return {
    step: async (title, act) => {
      if (failed > 0) {
        failed += 1;
        console.log(`\n✗ ${title}: not tried, for an earlier step failed`);
        return;
      }
      console.log(`\n● ${title}`);
      const begin = performance.now();
      try {
        await act();
        passed += 1;
        console.log(`  ✓ ${((performance.now() - begin) / 1000).toFixed(1)} s`);
      } catch (error) {
        failed += 1;
        console.log(`  ✗ ${error instanceof NotSo ? error.message : String(error)}`);
        if (!(error instanceof NotSo) && error instanceof Error) console.log(error.stack);
      }
    },
    tally: () => ({ passed, failed }),
  };
}

export function writeReport(path: string, { passed, failed }: ReturnType<Story['tally']>): void {
  const report = {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 0,
    numTodoTests: 0,
  };
  writeFileSync(path, JSON.stringify(report));
}
