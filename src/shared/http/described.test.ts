import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { described } from './described.ts';

test('one schema described twice says each time its own, keeps its rules, and says nothing by itself', () => {
  const clock = z.string().check(z.maxLength(5));
  const both = z.object({
    from: described(clock, 'From when'),
    to: described(clock, 'Until when'),
  });
  expect(z.toJSONSchema(both).properties).toEqual({
    from: { type: 'string', maxLength: 5, description: 'From when' },
    to: { type: 'string', maxLength: 5, description: 'Until when' },
  });
  expect(z.toJSONSchema(clock).description).toBeUndefined();
  expect(both.safeParse({ from: '22:00', to: '22:00:00' }).success).toBe(false);
});

test('what is described is still optional, and still has its default', () => {
  const schema = z.object({
    zone: described(z._default(z.string(), 'UTC'), 'By which clocks'),
    jitter: described(z.optional(z.string()), 'Spread over so long'),
    last: described(described(z._default(z.int(), 7), 'So many'), 'So many of the newest'),
  });
  expect(schema.parse({})).toEqual({ zone: 'UTC', last: 7 });
  expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({
    properties: {
      zone: { default: 'UTC', description: 'By which clocks' },
      last: { default: 7, description: 'So many of the newest' },
    },
  });
  expect(z.toJSONSchema(schema, { io: 'input' }).required).toBeUndefined();
});
