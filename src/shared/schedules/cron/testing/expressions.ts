import fc from 'fast-check';

const number = (min: number, max: number) =>
  fc.oneof(
    { weight: 40, arbitrary: fc.integer({ min, max }).map(String) },
    { weight: 1, arbitrary: fc.integer({ min, max }).map((value) => `+${value}`) },
    { weight: 3, arbitrary: fc.integer({ min, max }).map((value) => `0${value}`) },
  );

const rangeOf = (min: number, max: number) =>
  fc
    .tuple(number(min, max), number(min, max), fc.nat({ max: 4 }))
    .map(([a, b, backwards]) =>
      Number(a) > Number(b) && backwards > 0 ? `${b}-${a}` : `${a}-${b}`,
    );

/** Everything that any dialect reads in a field, and some of what none does. */
function fieldOf(min: number, max: number, words: readonly string[]) {
  const word = fc.constantFrom(String(max), ...words);
  const start = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('*', '*', '*', '?', '*-5') },
    { weight: 2, arbitrary: number(min, min + Math.floor((max - min) / 2)) },
    { weight: 2, arbitrary: rangeOf(min, max) },
    { weight: 1, arbitrary: fc.tuple(word, word).map(([from, to]) => `${from}-${to}`) },
  );
  const steps = fc.oneof(
    { weight: 8, arbitrary: number(1, Math.floor((max - min) / 3)) },
    { weight: 1, arbitrary: number(1, max + 2) },
  );
  const item = fc.oneof(
    { weight: 6, arbitrary: number(min, max) },
    { weight: words.length > 0 ? 2 : 0, arbitrary: word },
    { weight: 2, arbitrary: fc.tuple(start, steps).map(([from, by]) => `${from}/${by}`) },
    { weight: 2, arbitrary: start },
  );
  const list = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(','));
  return fc.oneof(
    { weight: 10, arbitrary: fc.constant('*') },
    { weight: 20, arbitrary: list },
    { weight: 1, arbitrary: fc.constantFrom('?', ',,,', '*,') },
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
