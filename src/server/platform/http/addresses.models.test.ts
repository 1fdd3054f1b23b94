import { expect, test } from 'vitest';
import { isLinkLocal } from './addresses.models.ts';

test.each([
  '169.254.169.254',
  '169.254.0.1.',
  '2852039166',
  '0xa9.0xfe.1.1',
  '[fe80::1]',
  'fe80::1%eth0',
  'febf:0:0::1',
  '::ffff:169.254.169.254',
  '64:ff9b::169.254.169.254',
  '[fd00:ec2::254]',
  'fd00:0ec2:0::0254',
  'fd20:ce::254',
  '100.100.100.200',
])('%s leads to the surroundings of the machine', (host) => {
  expect(isLinkLocal(host)).toBe(true);
});

test.each([
  '10.0.0.1',
  '192.168.1.1',
  '127.0.0.1',
  '::1',
  'fd00::1',
  'fec0::1',
  'api.example',
  '',
  '%',
])('%j is where a cluster may be', (host) => {
  expect(isLinkLocal(host)).toBe(false);
});
