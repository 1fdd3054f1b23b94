import { cruise } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { expect, test } from 'vitest';

test('every import follows the import-direction rules', async () => {
  const options = await extractDepcruiseOptions('./.dependency-cruiser.mjs');
  const { output } = await cruise(['src', 'e2e'], options);
  if (typeof output === 'string') throw new Error(output);
  expect(output.summary.totalCruised).toBeGreaterThan(20);
  expect(output.summary.violations).toEqual([]);
  // It reads every module there is: on a busy machine longer than the usual five seconds.
}, 30_000);
