import { expect, test } from 'vitest';
import { backupsApi } from '../backups/backups.contract.ts';
import { restoresApi } from '../restores/restores.contract.ts';

const bodies = [
  ['a backup', (body: object) => backupsApi.create.body?.safeParse(body)],
  ['a restore', (body: object) => restoresApi.plan.body?.safeParse({ backup: 'first', ...body })],
] as const;

const impossible = [
  [{ kinds: ['<script>'] }, 'kinds.0: "<script>" is not the name of a kind'],
  [{ excludedKinds: [''] }, 'excludedKinds.0: "" is not the name of a kind'],
  [{ namespaces: ['Shop'] }, 'namespaces.0: "Shop" is not the name of a namespace'],
  [
    { namespaces: ['a', 'b'], excludedNamespaces: ['b'] },
    'excludedNamespaces.0: b is chosen and left out at once',
  ],
  [
    { kinds: ['secrets'], excludedKinds: ['pods', 'secrets'] },
    'excludedKinds.1: secrets is chosen and left out at once',
  ],
] as const;

test.each(
  bodies.flatMap(([what, parse]) => impossible.map((row) => [what, ...row, parse] as const)),
)('%s of %j is refused before it begins', (_, body, sentence, parse) => {
  const said = parse(body)?.error?.issues.map(
    (issue) => `${issue.path.join('.')}: ${issue.message}`,
  );
  expect(said).toEqual([expect.stringContaining(sentence)]);
});

test.each(bodies)('%s takes kinds with groups, with stars and in any case', (_, parse) => {
  const body = {
    kinds: ['deployments.apps', '*.example.io', 'Secrets'],
    excludedKinds: ['*event*'],
  };
  expect(parse(body)?.error).toBeUndefined();
});

test('what is not an id is named, with what would be one', () => {
  const parsed = restoresApi.start.body?.safeParse({ plan: 'nope' });
  expect(parsed?.error?.issues.map(({ message }) => message)).toEqual([
    '"nope" is not the id of a plan; “lifeboat restores plan BACKUP” makes one',
  ]);
});
