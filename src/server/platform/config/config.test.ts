import { kebab } from '#shared/words/words.models.ts';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { settingsHelp } from './help.ts';
import { settings } from './settings.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'lifeboat-config-'));
const read = (argv: string[], env: Record<string, string> = {}) =>
  readConfig({ argv, env: { HOME: folder(), ...env } });

test('without any setting it listens on loopback and keeps its data in the home folder', () => {
  const config = readConfig({ argv: [], env: { HOME: '/home/ada' } });
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 7575,
    data: '/home/ada/.local/share/lifeboat',
  });
});

test('a flag wins over the environment, the environment over the file', () => {
  const data = folder();
  writeFileSync(join(data, 'lifeboat.yaml'), 'port: 1\ncluster: from-file\nlogLevel: debug\n');
  const config = read(['--data', data, '--port=3'], {
    LIFEBOAT_PORT: '2',
    LIFEBOAT_CLUSTER: 'from-env',
  });
  expect(config).toMatchObject({ port: 3, cluster: 'from-env', logLevel: 'debug' });
});

test.each([
  ['a mistyped flag', ['--prot', '1'], {}, 'There is no setting --prot. Did you mean --port?'],
  ['a port that is none', ['--port', 'x'], {}, '--port cannot be used'],
  ['a flag without its value', ['--data'], {}, '--data cannot be used: its value is missing.'],
  ['a broken variable', [], { LIFEBOAT_PORT: '99999' }, 'LIFEBOAT_PORT cannot be used'],
  ['a database that is none', [], { DATABASE_URL: 'mysql://x' }, 'DATABASE_URL cannot be used'],
  ['a file that is not there', ['--config', '/nowhere/x.yaml'], {}, 'cannot be read'],
  [
    'an open address in plain text',
    ['--host', '0.0.0.0'],
    {},
    'does not serve 0.0.0.0 in plain text',
  ],
])('%s is refused in a sentence', (_, argv, env, sentence) => {
  expect(() => read(argv, env)).toThrow(sentence);
});

test.each(['- a\n- b\n', 'unknownKey: 1\n', 'port: [1\n'])('the file %j is refused', (content) => {
  const path = join(folder(), 'x.yaml');
  writeFileSync(path, content);
  expect(() => read(['--config', path])).toThrow(/cannot be read|no setting/);
});

test.each([[['--tls-cert', 'a', '--tls-key', 'b']], [['--trusted-proxy', '10.0.0.1']]])(
  'another address is served with %j',
  (more) => {
    expect(read(['--host', '0.0.0.0', ...more]).host).toBe('0.0.0.0');
  },
);

test('the help names every setting with its variable', () => {
  const { help: _, ...valued } = settings;
  for (const [name, { env }] of Object.entries(valued))
    expect(settingsHelp()).toMatch(new RegExp(`--${kebab(name)} .*\\[${env}\\]`));
});
