import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', 'src', 'web');
const files = globSync('**/*.{css,tsx,ts}', { cwd: root }).filter((file) => !/\.test\./.test(file));
const texts = files.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
const defined = new Set(
  texts.flatMap(({ text }) =>
    [...text.matchAll(/(--[a-z0-9-]+)['"]?\]?\s*:/g)].map(([, name]) => name),
  ),
);

test('every style names only sizes and colours that the theme has', () => {
  const unknown = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/var\((--[a-z0-9-]+)\)/g)]
      .filter(([, name = '']) => !name.startsWith('--mantine') && !defined.has(name))
      .map(([, name]) => `${file}: ${name}`),
  );
  expect(texts.length).toBeGreaterThan(20);
  expect(unknown).toEqual([]);
});
