import { expect, test } from 'vitest';
import { instant } from './schemas.ts';

const said = (given: unknown) =>
  instant.safeParse(given).error?.issues.map(({ message }) => message);

test('a day where a time is asked for is refused with an example', () => {
  expect(said('2026-11-29')).toEqual(['"2026-11-29" is not a time such as 2026-11-24T02:00:00Z']);
  expect(said('2026-11-29T02:00:00Z')).toBeUndefined();
});
