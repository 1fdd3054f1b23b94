import { expect, test } from 'vitest';
import { proxyFromEnvironment } from './proxy.ts';

const proxy = 'http://proxy.example:3128';

test.each([
  ['https://api.example', { HTTPS_PROXY: proxy }, proxy],
  ['https://api.example', { https_proxy: proxy }, proxy],
  ['https://api.example', { HTTPS_PROXY: 'proxy.example:3128' }, proxy],
  ['https://api.example', { HTTP_PROXY: proxy }, undefined],
  ['http://api.example', { HTTP_PROXY: proxy }, proxy],
  ['https://localhost:6443', { HTTPS_PROXY: proxy }, undefined],
  ['https://127.0.0.2:6443', { HTTPS_PROXY: proxy }, undefined],
  ['https://[::1]:6443', { HTTPS_PROXY: proxy }, undefined],
  ['https://api.example', {}, undefined],
])('%s with %j goes through %s', (server, env, expected) => {
  expect(proxyFromEnvironment(server, env)).toBe(expected);
});

test.each([
  ['*', 'https://api.example', true],
  ['example', 'https://api.example', true],
  ['.example', 'https://api.example', true],
  ['*.example', 'https://api.example', true],
  ['.api.example', 'https://api.example', false],
  ['API.EXAMPLE', 'https://api.example', true],
  ['pi.example', 'https://api.example', false],
  ['x, api.example:6443', 'https://api.example:6443', true],
  ['api.example:6443', 'https://api.example', false],
  ['10.0.0.0/8', 'https://10.1.2.3', true],
  ['10.0.0.0/8', 'https://11.1.2.3', false],
  ['10.0.0.0/8', 'https://api.example', false],
  ['10.1.2.3', 'https://10.1.2.3', true],
  ['10.1.2.3:443', 'https://10.1.2.3', true],
  ['fd00::/8', 'https://[fd00::1]', true],
  ['10.0.0.0/99', 'https://10.1.2.3', false],
  ['nonsense/8', 'https://10.1.2.3', false],
  ['', 'https://api.example', false],
])('NO_PROXY=%s exempts %s: %s', (list, server, exempt) => {
  const found = proxyFromEnvironment(server, { HTTPS_PROXY: proxy, NO_PROXY: list });
  expect(found).toBe(exempt ? undefined : proxy);
});
