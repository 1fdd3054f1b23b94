import { expect, test } from 'vitest';
import { remembered } from './remembered.models.ts';

/** Counts how often it was really asked. */
function counted() {
  const asked: string[] = [];
  const ask = (text: string) => {
    asked.push(text);
    return { text };
  };
  return { asked, ask };
}

test('what was asked before is not worked out again', () => {
  const { asked, ask } = counted();
  const known = remembered(ask, 10);
  expect(known('a')).toBe(known('a'));
  expect(asked).toEqual(['a']);
});

test('the newest answers are remembered, and those that are asked for again', () => {
  const { asked, ask } = counted();
  const known = remembered(ask, 2);
  for (const text of ['a', 'b', 'c', 'a', 'd', 'e', 'a']) known(text);
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('endless different texts are forgotten', () => {
  const { asked, ask } = counted();
  const known = remembered(ask, 2);
  for (const text of ['a', 'b', 'c', 'd', 'e', 'a']) known(text);
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'e', 'a']);
});

test('a very long text is worked out each time', () => {
  const { asked, ask } = counted();
  const known = remembered(ask, 2);
  const long = 'a'.repeat(20_001);
  known(long);
  known(long);
  expect(asked).toHaveLength(2);
});
