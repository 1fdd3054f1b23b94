import { expect, test } from 'vitest';
import { backupsApi } from '#shared/backups/backups.contract.ts';
import { commandOf, curlOf } from './copy-as.ts';

const request = {
  params: { cluster: 'prod' },
  body: { engine: 'embedded', type: 'incremental', namespaces: ['shop', "o'neil"] },
} as const;

test('a form is copied as the request that curl would send, without a token in it', () => {
  const text = curlOf(backupsApi.create, {
    ...request,
    body: { ...request.body, namespaces: [...request.body.namespaces] },
  });
  expect(text).toContain('curl -X POST "$LIFEBOAT_URL/api/clusters/prod/backups"');
  expect(text).toContain('"Authorization: Bearer $LIFEBOAT_TOKEN"');
  expect(text).toContain(String.raw`"namespaces":["shop","o'\''neil"]`);
});

test('a form is copied as a command that a shell takes whole', () => {
  expect(
    commandOf('backups create', {
      flags: { cluster: 'prod', namespaces: ['a', 'b c'], labelSelector: 'app in (x)', wait: true },
    }),
  ).toBe(
    "lifeboat backups create --cluster prod --namespaces 'a,b c' --label-selector 'app in (x)' --wait",
  );
});
