import { expect, test } from 'vitest';
import { sampleOverview } from '#shared/overview/testing/sample.ts';
import { clusters } from '../testing/answers.ts';
import { createTerminal } from '../testing/server.ts';

const answering = (path: string, body: unknown) =>
  createTerminal((asked) => ({ body: asked.path === path ? body : clusters }));

const seen = { from: 'cluster', at: null, problem: null };

test('the overview is its sentence, then what needs somebody', async () => {
  const action = null;
  const need = { id: 'x', state: 'failed', sentence: 'A backup failed', detail: 'Full.', action };
  const body = { ...sampleOverview(), needs: [need] };
  const { type } = await answering('/api/clusters/sandbox/overview', body);
  const { exit, out } = await type('overview', 'show');
  expect(exit).toBe(0);
  expect(out).toBe(
    'All 16 namespaces have a restore point.\n' +
      'Objects of 16 namespaces were backed up 12 min ago. The only copy is on this machine.\n' +
      '\nNeeds you:\n  failed: A backup failed. Full.\n',
  );
});

test('coverage says what is not covered, why, and when its names are not of now', async () => {
  const item = {
    subject: 'namespace',
    namespace: 'ledger',
    name: null,
    state: 'uncovered',
    reason: { code: 'newer', sentence: 'It is newer.' },
    restorePoint: null,
    schedules: [],
    createdAt: null,
  };
  const away = { from: 'backup', at: null, problem: 'The cluster does not answer.' };
  const body = {
    items: [item],
    next: null,
    total: 1,
    facets: { state: [], subject: [] },
    seen: away,
  };
  const { type } = await answering('/api/clusters/sandbox/coverage', body);
  const { out } = await type('coverage', 'list');
  expect(out).toMatch(/uncovered\s+ledger\s+It is newer\./);
  expect(out).toContain('As the newest backup tells: The cluster does not answer.');
});

const none = { added: 0, changed: 0, removed: 0, atLeast: false, reason: null, countedAt: null };
const since = { backup: 'nightly', at: '2026-11-23T11:00:00Z', state: 'completed' };

test.each([
  [
    'counted',
    { added: 1, changed: 2 },
    '3 objects changed since nightly: 1 new, 2 changed, 0 gone.',
  ],
  ['counted', { removed: 1, atLeast: true }, 'At least 1 object changed since nightly'],
  ['counting', {}, 'It is being counted; ask again in a moment.'],
  ['unknown', { reason: 'There is no backup.' }, 'There is no backup.'],
])('changes that are %s: %j', async (state, over, expected) => {
  const body = { ...none, ...over, state, since };
  const { type } = await answering('/api/clusters/sandbox/overview/changes', body);
  expect((await type('overview', 'changes')).out).toContain(expected);
});

test('a connection test names the rights that are missing', async () => {
  const right = { neededFor: 'restore', verb: 'create', resource: '*', allowed: false };
  const body = {
    server: 'https://prod',
    reachable: true,
    version: 'v1.34.4',
    uid: 'u',
    milliseconds: 3,
    sentence: 'It can be backed up whole.',
    rights: [right],
    knownAs: null,
  };
  const { type } = await answering('/api/clusters/prod/test', body);
  const { out } = await type('clusters', 'check', 'prod');
  expect(out).toContain('It can be backed up whole.');
  expect(out).toContain('may not create * (needed for restores)');
});

test('namespaces are printed one a line, ready for other commands', async () => {
  const items = [{ name: 'a', createdAt: null }];
  const { type } = await answering('/api/clusters/prod/namespaces', { items, seen });
  expect((await type('clusters', 'namespaces', 'prod')).out).toBe('a\n');
});
