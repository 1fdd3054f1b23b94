import fc from 'fast-check';

const number = (min: number, max: number) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min, max }).map(String) },
    { weight: 1, arbitrary: fc.integer({ min, max }).map((value) => `+${value}`) },
    { weight: 1, arbitrary: fc.integer({ min, max }).map((value) => `0${value}`) },
  );

/** Everything that any dialect reads in a field, and some of what none does. */
function fieldOf(min: number, max: number, words: readonly string[]) {
  const value = fc.oneof(number(min, max), fc.constantFrom(String(min), ...words));
  const range = fc.tuple(value, value).map(([from, to]) => `${from}-${to}`);
  const start = fc.oneof(fc.constantFrom('*', '?', '*-5'), value, range);
  const step = fc.tuple(start, number(1, max + 2)).map(([from, by]) => `${from}/${by}`);
  const item = fc.oneof(
    { weight: 4, arbitrary: value },
    { weight: 2, arbitrary: range },
    { weight: 2, arbitrary: step },
    { weight: 1, arbitrary: start },
  );
  const list = fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => items.join(','));
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant('*') },
    { weight: 12, arbitrary: list },
    { weight: 1, arbitrary: fc.constantFrom('?', ',,,', '*,', '') },
  );
}

const months = 'JAN,feb,Mar,DEC'.split(',');
const monthRules = 'L,l,LW,lw,L-3,l-1,15W,1w,31W'.split(',');
const weekdays = 'SUN,mon,Fri,SAT,7'.split(',');
const weekRules = 'MON#1,fri#3,5#L,sunL,7L,2#5,MON#L'.split(',');
const others = '@daily,@yearly,@every 90m,@every 1h30m0.5s,@every 500ms,@every -5m,@manual'.split(
  ',',
);

const fields = fc
  .tuple(
    fieldOf(0, 59, []),
    fieldOf(0, 23, []),
    fieldOf(1, 31, monthRules),
    fieldOf(1, 12, months),
    fieldOf(0, 7, [...weekdays, ...weekRules]),
  )
  .map((words) => words.join(' '));

/** Expressions of all three dialects together: each reads some of them. */
export const expressionOf = fc
  .tuple(
    fc.constantFrom('', '', '', 'CRON_TZ=Europe/Zurich ', 'TZ=UTC  ', "TZ='UTC' ", 'CRON_TZ= '),
    fc.oneof(
      { weight: 9, arbitrary: fields },
      { weight: 1, arbitrary: fc.constantFrom(...others) },
    ),
  )
  .map(([prefix, rest]) => `${prefix}${rest}`);

/** With one character or word left out, put in, or changed. */
export const mutated = (expression: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      expression,
      fc.nat(),
      fc.nat({ max: 2 }),
      fc.constantFrom('', ' ', '*', '/', '-', ',', '?', '#', 'L', '+', '60', '@', '<b>', ' 2030'),
    )
    .map(([text, at, removed, added]) => {
      const place = at % (text.length + 1);
      return `${text.slice(0, place)}${added}${text.slice(place + removed)}`;
    });
