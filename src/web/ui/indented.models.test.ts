import { expect, test } from 'vitest';
import { indented } from './indented.models.ts';

test('an object is laid out, its 64-bit integers and its strings stay what they are', () => {
  expect(
    indented(String.raw`{"a":9007199254740993,"b":[1,{"c":"x,{y}:\"z\""}],"d":{},"e":[]}`),
  ).toBe(
    String.raw`{
  "a": 9007199254740993,
  "b": [
    1,
    {
      "c": "x,{y}:\"z\""
    }
  ],
  "d": {},
  "e": []
}`,
  );
});

test('what the API server escaped is read as it was written', () => {
  expect(indented(String.raw`{"html":"\u003cb\u003e \u0026 \u0000"}`)).toBe(
    String.raw`{
  "html": "<b> & \u0000"
}`,
  );
});
