import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function lines() {
  const written: string[] = [];
  const log = createLog({
    level: 'info',
    destination: { write: (line) => void written.push(line) },
  });
  return { log, written, last: () => JSON.parse(written.at(-1) ?? '') };
}

test('every event is one line, whatever a cluster puts into it', () => {
  const { log, written } = lines();
  log.warn({ namespace: 'a\nb\u001b[31m' }, 'The list\r\nbroke off %s');
  expect(written).toHaveLength(1);
  for (const control of ['\n', '\r', '\u001b'])
    expect(written[0]?.trimEnd()).not.toContain(control);
});

test('passwords and tokens are left out wherever they hang', () => {
  const { log, written } = lines();
  log.info({ password: 'p1', request: { token: 't1', headers: { authorization: 'a1' } } }, 'x');
  expect(written.join('')).not.toMatch(/p1|t1|a1/);
});

test('an error is told with its causes and without what libraries hang on it', () => {
  const { log, written, last } = lines();
  const cause = Object.assign(new Error('inner'), { config: { password: 'planted' } });
  log.error({ err: new Error('outer', { cause }) }, 'It broke.');
  expect(last().err).toMatchObject({ message: 'outer', cause: { message: 'inner' } });
  expect(written.join('')).not.toContain('planted');
});

test('a text of a megabyte is cut', () => {
  const { log, written } = lines();
  log.info({}, 'x'.repeat(1_000_000));
  expect(written[0]?.length).toBeLessThan(5_000);
});
