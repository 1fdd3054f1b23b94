import { expect, test } from 'vitest';
import { backupName, duration } from '#shared/backups/backups.contract.ts';
import * as z from 'zod/mini';
import { faultOf, faultsIn } from './field-fault.models.ts';

test('the rule of the contract says what is wrong while somebody types', () => {
  expect(faultOf(backupName, 'nightly-1')).toBeNull();
  expect(faultOf(backupName, 'Nightly 1')).toBe('not a DNS label of at most 63 characters');
  expect(faultOf(backupName, 'x'.repeat(64))).toBe('at most 63 characters');
  expect(faultOf(duration, '7 days')).toBe('not a duration such as 12h, 7d or 4w');
  expect(faultOf(z.string().check(z.minLength(12)), 'short')).toBe('at least 12 characters');
  expect(faultOf(z.url(), 's3')).toBe('not an address such as https://s3.example.org');
});

const problem = (code: string, title: string) => ({ code, status: 400, title, detail: '' });

test('what the server refuses stands at its fields, and nothing of other problems does', () => {
  expect(
    faultsIn(problem('request.invalid', 'name: not a DNS label; s3.bucket: not a bucket name.')),
  ).toEqual({ name: 'not a DNS label', 's3.bucket': 'not a bucket name' });
  expect(faultsIn(problem('backups.name_taken', 'name: taken.'))).toEqual({});
  expect(faultsIn(null)).toEqual({});
});
