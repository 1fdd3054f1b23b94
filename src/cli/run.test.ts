import { expect, test } from 'vitest';
import { clusters, completed, refusal, running } from './testing/answers.ts';
import { createTerminal, typed, type Asked, type Reply } from './testing/server.ts';

const runPath = `/api/clusters/sandbox/runs/${running.id}`;

/** A cluster, and a backup that ends as told after two looks at its run. */
function backingUp(end: Partial<typeof completed> = {}) {
  let looks = 0;
  return ({ method, path }: Asked): Reply => {
    if (path === '/api/clusters') return { body: clusters };
    if (method === 'POST') return { status: 202, body: running };
    if (path !== runPath) return { status: 404, body: { ...refusal, status: 404 } };
    looks += 1;
    return { body: looks > 2 ? { ...completed, ...end } : running };
  };
}

test('fields of the request become flags, and the default cluster is meant when none is named', async () => {
  const { type, asked } = await createTerminal(backingUp());
  const { exit } = await type('backups', 'create', '--namespaces', 'shop,blog', '--type=full');
  expect(exit).toBe(0);
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/clusters',
    'POST /api/clusters/sandbox/backups',
  ]);
  expect(JSON.parse(asked[1]?.body ?? '')).toEqual({ namespaces: ['shop', 'blog'], type: 'full' });
});

test('a named cluster is taken, in the path as in the body', async () => {
  const { type, asked } = await createTerminal(() => ({ status: 202, body: running }));
  await type('runs', 'cancel', running.id, '--cluster', 'prod');
  await type('maintenance', 'start', '--cluster', 'prod');
  expect(asked.map(({ path, body }) => [path, body])).toEqual([
    [`/api/clusters/prod/runs/${running.id}/cancel`, ''],
    ['/api/maintenance', '{"cluster":"prod"}'],
  ]);
});

test.each([
  [
    'a completed backup',
    {},
    0,
    'Backup manual-1 completed after 3 s: 200 objects, 4.0 KiB written.',
  ],
  ['a partial one', { state: 'partial' as const }, 3, 'was only partly done'],
  [
    'a failed one',
    { state: 'failed' as const, problem: { ...refusal, title: 'The disk is full.' } },
    1,
    'The disk is full. Nothing was changed.',
  ],
])('waiting for %s ends with its sentence and its exit code', async (_, end, code, sentence) => {
  const { type } = await createTerminal(backingUp(end));
  const { exit, out, err } = await type('backups', 'create', '--wait');
  expect([exit, out]).toEqual([code, expect.stringContaining(sentence)]);
  expect(err).toBe('Reading deployments.apps · 50 of 200 · 2.0 KiB\n');
});

test('a run that waits for its turn says so while it waits, and not afterwards', async () => {
  const getting = { ...running.progress, doing: 'Getting ready.', items: { done: 0, total: null } };
  const looks = [
    { ...running, state: 'queued', startedAt: null, progress: getting },
    { ...running, state: 'waiting', reason: 'A restore of this cluster is running.' },
    { ...running, progress: { ...getting, bytes: { done: 0, total: null } } },
    completed,
  ];
  const { type } = await createTerminal(({ method, path }) =>
    path === '/api/clusters'
      ? { body: clusters }
      : { body: method === 'POST' ? looks[0] : looks.shift() },
  );
  expect((await type('backups', 'create', '--wait')).err).toBe(
    'Waiting for its turn.\nA restore of this cluster is running.\nGetting ready.\n',
  );
});

test('on a terminal progress is one bar that is drawn over', async () => {
  const { type } = await createTerminal(backingUp(), { columns: 100 });
  const { err } = await type('backups', 'create', '--wait');
  expect(err).toContain('\r\u001b[2K████████░░░░░░░░░░░░░░░░░░░░░░  25 % Reading');
  expect(err.endsWith('\r\u001b[2K')).toBe(true);
});

test('with --json the body of the answer is printed as it came, also a refusal', async () => {
  const { type } = await createTerminal(({ path }) =>
    path.endsWith('/session') ? { status: 403, body: refusal } : { body: clusters },
  );
  expect((await type('clusters', 'list', '--json')).out).toBe(`${JSON.stringify(clusters)}\n`);
  const refused = await type('session', 'show', '--json');
  expect([refused.exit, refused.out]).toEqual([4, `${JSON.stringify(refusal)}\n`]);
});

test.each([
  [400, 2],
  [401, 4],
  [403, 4],
  [404, 1],
  [409, 1],
  [500, 1],
])('the answer %i ends with exit code %i and the sentences of the server', async (status, code) => {
  const { type } = await createTerminal(() => ({ status, body: { ...refusal, status } }));
  const { exit, out, err } = await type('clusters', 'list');
  expect([exit, out, err]).toEqual([code, '', `${refusal.title} ${refusal.detail}\n`]);
});

test.each([
  [['backup', 'create'], 'Did you mean `lifeboat backups create`?'],
  [['backups', 'creat'], 'Did you mean `lifeboat backups create`?'],
  [['bakups'], 'Did you mean `lifeboat backups`?'],
  [['session', 'link'], 'Did you mean `lifeboat sessions link`?'],
  [['backups'], 'backups needs a verb: list, create, show'],
  [['backups', 'create', '--namespace', 'a'], 'Did you mean --namespaces?'],
  [['backups', 'create', '--namespaces'], '--namespaces needs a value.'],
  [['backups', 'create', '--type', 'half'], '--type is one of incremental, full, not "half".'],
  [['backups', 'list', '--limit', 'many'], '--limit is a number, not "many".'],
  [['backups', 'list', '--wait'], 'There is no flag --wait here.'],
  [['backups', 'show'], 'lifeboat backups show needs BACKUP.'],
  [['restores', 'start'], 'lifeboat restores start needs PLAN.'],
  [['backups', 'show', 'a', 'b'], 'does not know what to do with "b"'],
  [['backups', 'diff', 'a'], 'lifeboat backups diff needs TO.'],
  [['restores', 'plan', 'a', '--namespace-mapping', 'x'], 'written as from=to'],
  [['restores', 'plan', 'a', '--modifiers', '[{]'], '--modifiers is not JSON'],
  [['restores', 'plan', 'a', '--body', '@gone'], '--body: gone cannot be read (ENOENT'],
  [['clusters', 'remove'], 'needs the name of the cluster'],
  [['clusters', 'add'], 'lifeboat clusters add needs --kubeconfig.'],
  [['users', 'create', 'ann', '--bindings', '[]'], 'needs --password - (from standard input)'],
])('%j was used wrongly: it says what is wrong and changes nothing', async (argv, sentence) => {
  const { type, asked } = await createTerminal(() => ({ body: clusters }));
  const { exit, out, err } = await type(...argv);
  expect([exit, out, err]).toEqual([2, '', expect.stringContaining(sentence)]);
  expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('without a server it says how to start one', async () => {
  const { exit, err } = await typed(['--data', '/nowhere', 'clusters', 'list']);
  expect([exit, err]).toEqual([1, expect.stringContaining('npm start -- --data /nowhere')]);
});

test('help is there at every level, without a server', async () => {
  const all = await typed(['--help']);
  expect(all.out).toMatch(/backups create +Back up the cluster, or a part of it\./);
  const noun = await typed(['backups', '--help']);
  expect(noun.out).toContain('backups unpin');
  const { exit, out } = await typed(['restores', 'plan', '-h']);
  expect(out).toContain('--conflict-policy WORD');
  expect(out).toContain('skip | update | replace; default: skip');
  expect(exit).toBe(0);
  expect((await typed(['--version'])).out).toBe('lifeboat 1.2.3\n');
});

test('removing asks for the name on a terminal, and does nothing when it differs', async () => {
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return 'manual-2';
  };
  const { type, asked } = await createTerminal(backingUp(), { ask });
  const { exit, err } = await type('backups', 'delete', 'manual-1', '--cluster', 'prod');
  expect(questions).toEqual([
    'This will delete manual-1 of the cluster prod. Type manual-1 to go on: ',
  ]);
  expect([exit, err, asked]).toEqual([1, 'That was not the name. Nothing was changed.\n', []]);
});

test('--yes skips the question', async () => {
  const ask = async () => {
    throw new Error('asked');
  };
  const answer = () => ({ status: 202, body: { ...running, kind: 'delete' } });
  const { type, asked } = await createTerminal(answer, { ask });
  const { exit } = await type('backups', 'delete', 'manual-1', '--cluster', 'prod', '--yes');
  expect([exit, asked.length]).toEqual([0, 1]);
});

test('--all reads every page as one list', async () => {
  const token = {
    id: running.id,
    name: 'ci',
    createdBy: 'admin',
    bindings: [],
    createdAt: running.createdAt,
    expiresAt: running.createdAt,
    lastUsedAt: null,
  };
  const { type } = await createTerminal(({ path }) => ({
    body: path.includes('cursor=two')
      ? { items: [{ ...token, name: 'second' }], next: null }
      : { items: [{ ...token, name: 'first' }], next: 'two' },
  }));
  const { out } = await type('tokens', 'list', '--all', '--json');
  expect(JSON.parse(out).items.map(({ name }: { name: string }) => name)).toEqual([
    'first',
    'second',
  ]);
  expect((await type('tokens', 'list')).out).toContain('There is more: --cursor two, or --all.');
});

test('a password comes from standard input or a file, never from the list of processes', async () => {
  const user = {
    name: 'ann',
    bindings: [],
    disabled: false,
    createdAt: running.createdAt,
    lastSeenAt: null,
  };
  const { type, asked } = await createTerminal(() => ({ status: 201, body: user }), {
    readStdin: async () => 'from standard input\n',
    readFile: async (path) => `from ${path}\n`,
  });
  await type('users', 'create', 'ann', '--bindings', '[]', '--password', '-');
  await type('users', 'create', 'ann', '--bindings', '[]', '--password-file', 'secret.txt');
  expect(asked.map(({ body }) => JSON.parse(body).password)).toEqual([
    'from standard input',
    'from secret.txt',
  ]);
});

test('a broken audit trail is a failure', async () => {
  const { type } = await createTerminal(() => ({
    body: { intact: false, entries: 7, brokenAt: 4 },
  }));
  const { exit, out } = await type('audit', 'verify');
  expect([exit, out]).toEqual([1, expect.stringContaining('entry 4 does not fit')]);
});

test('the preview of a frequency that cannot be used is a usage error to scripts', async () => {
  const error = { field: 'frequency', message: 'Wrong.', from: 2, to: 4, suggestion: '1' };
  const preview = {
    error,
    name: 'daily',
    words: '',
    zone: 'UTC',
    retentionWords: '',
    picked: null,
    next: [],
    changeDay: null,
    differences: [],
    findings: [],
    retention: { decisions: [], remove: 0, asks: null, outlook: [] },
    duration: { p50: 0, p90: 0, assumed: true },
  };
  const { type } = await createTerminal(({ path }) => ({
    body: path.includes('preview') ? preview : clusters,
  }));
  const { exit, out } = await type('schedules', 'preview', '--frequency', '0 25 * * *');
  expect([exit, out]).toEqual([2, 'frequency: Wrong (characters 3 to 4) (did you mean 1?).\n']);
});

test('what the server repeats of hostile input in a refusal cannot steer the terminal', async () => {
  const title = 'frequency: \u001b]0;pwn\u0007 is no expression.';
  const problem = { code: 'request.invalid', status: 400, title, detail: 'Nothing was saved.' };
  const { type } = await createTerminal(() => ({ status: 400, body: problem }));
  const { err } = await type('clusters', 'list');
  expect(err).toContain('\\u001b]0;pwn\\u0007');
  expect(err).not.toContain('\u001b');
});

test('names that hold control characters cannot steer the terminal', async () => {
  const hostile = { ...clusters.items[0], problem: 'a\u001b[31mred\nb' };
  const { type } = await createTerminal(() => ({ body: { items: [hostile], next: null } }));
  expect((await type('clusters', 'list')).out).toContain('a\\u001b[31mred\\nb');
});

test('a log is followed until its run is over, and nothing is written twice', async () => {
  const entry = (seq: number) => ({
    seq,
    at: '2026-11-23T11:59:51.000Z',
    level: seq === 1 ? 'warning' : 'info',
    message: `line ${seq}`,
  });
  let reads = 0;
  const { type } = await createTerminal(({ path }) => {
    if (!path.includes('/log')) return { body: reads < 2 ? running : completed };
    reads += 1;
    const items = Array.from({ length: reads }, (_, seq) => entry(seq));
    return { body: { items, next: null } };
  });
  const { exit, out } = await type('runs', 'log', running.id, '--follow', '--cluster', 'sandbox');
  expect(exit).toBe(0);
  expect(out).toBe('11:59:51.000 line 0\n11:59:51.000 warning: line 1\n11:59:51.000 line 2\n');
});

test('a plan is shown with its first objects, and the command that carries it out', async () => {
  const counts = {
    create: 1,
    update: 1,
    replace: 0,
    unchanged: 0,
    skip: 0,
    conflict: 0,
    blocked: 0,
  };
  const plan = {
    id: running.id,
    cluster: 'sandbox',
    source: 'sandbox',
    backup: 'manual-1',
    createdBy: 'local',
    createdAt: '2026-11-23T12:00:00Z',
    expiresAt: '2026-11-23T13:00:00Z',
    state: 'open',
    options: { backup: 'manual-1' },
    counts,
    notes: ['The data of 1 volume is not in the backup.'],
    run: null,
  };
  const planned = (action: string, name: string) => ({
    path: `resources/configmaps/namespaces/shop/${name}.json`,
    resource: 'configmaps',
    kind: 'ConfigMap',
    namespace: 'shop',
    name,
    action,
    reason: null,
    checked: action === 'create' ? 'notBeforehand' : 'dryRun',
    alsoNeeded: false,
  });
  const { type, asked } = await createTerminal(({ path }) => {
    if (path === '/api/clusters') return { body: clusters };
    if (!path.includes('/objects')) return { status: 201, body: plan };
    return { body: { items: [planned('create', 'a'), planned('update', 'b')], next: null } };
  });
  const { exit, out } = await type(
    'restores',
    'plan',
    'manual-1',
    '--namespace-mapping',
    'shop=copy',
  );
  expect(JSON.parse(asked[1]?.body ?? '')).toEqual({
    backup: 'manual-1',
    namespaceMapping: { shop: 'copy' },
  });
  expect(exit).toBe(0);
  for (const part of [
    'create 1, update 1',
    'not checked beforehand: its namespace or its kind does not exist yet',
    'agreed by the API server',
    '! The data of 1 volume is not in the backup.',
    'in 1 h (2026-11-23 13:00:00Z)',
    `plans diff ${plan.id} resources/configmaps/namespaces/shop/b.json --cluster sandbox`,
    `restores start ${plan.id} --cluster sandbox --wait`,
  ])
    expect(out).toContain(part);
});

test('values of a nested object are flags with its name before theirs', async () => {
  const { type, asked } = await createTerminal(() => ({ status: 202, body: running }), {
    readFile: async () => 'planted\n',
  });
  const s3 = [
    '--s3-endpoint',
    'https://s3.example',
    '--s3-bucket',
    'velero',
    '--s3-access-key-id',
    'me',
  ];
  const secret = ['--s3-secret-access-key-file', 'key'];
  const argv = ['backups', 'export', 'manual-1', '--cluster', 'sandbox', '--include-secrets'];
  const { exit } = await type(...argv, ...s3, ...secret);
  expect([exit, JSON.parse(asked[0]?.body ?? '')]).toEqual([
    0,
    {
      includeSecrets: true,
      s3: {
        endpoint: 'https://s3.example',
        bucket: 'velero',
        accessKeyId: 'me',
        secretAccessKey: 'planted',
      },
    },
  ]);
});
