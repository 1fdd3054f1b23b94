import type { LookupFunction } from 'node:net';
import { expect, test } from 'vitest';
import { guardLookup } from './guarded-lookup.ts';

const answering =
  (...addresses: string[]): LookupFunction =>
  (_, options, done) =>
    options.all === true
      ? done(
          null,
          addresses.map((address) => ({ address, family: 4 })),
        )
      : done(null, addresses[0] ?? '', 4);

const ask = (resolve: LookupFunction, all: boolean) =>
  new Promise((resolved, reject) => {
    guardLookup(resolve)('cluster.example', { all }, (error, address) =>
      error ? reject(error) : resolved(address),
    );
  });

test('a name that leads to a link-local address is refused, also when another one stands first', async () => {
  const message = /link-local/;
  await expect(ask(answering('169.254.169.254'), false)).rejects.toThrow(message);
  await expect(ask(answering('10.0.0.1', '169.254.169.254'), true)).rejects.toThrow(message);
});

test('every other name leads where it did', async () => {
  expect(await ask(answering('10.0.0.1'), false)).toBe('10.0.0.1');
  expect(await ask(answering('10.0.0.1', '::1'), true)).toHaveLength(2);
  const failing: LookupFunction = (_, __, done) => done(new Error('no such name'), []);
  await expect(ask(failing, true)).rejects.toThrow('no such name');
});
