import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '#shared/runs/runs.contract.ts';
import type { Preview } from '#shared/schedules/preview.contract.ts';
import type { Schedule, Slot } from '#shared/schedules/schedule.contract.ts';
import { weekdays } from '#shared/schedules/window.models.ts';
import { type Lifeboat, newData, startLifeboat } from '../../testing/lifeboat.ts';

const at = '/api/clusters/sandbox/schedules';
let place: Awaited<ReturnType<typeof newData>>;
let lifeboat: Lifeboat;

beforeAll(async () => {
  place = await newData();
  lifeboat = await startLifeboat(place.data);
}, 30_000);
afterAll(async () => {
  await lifeboat.stop();
  await place.remove();
});

const send = <T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path = '', body?: object) =>
  lifeboat.call<T>(method, `${at}${path}`, body ? { body } : {});
type Problem = { code: string; title: string };

test('three words are a whole schedule: everything else has a default', async () => {
  const spec = { frequency: '0 0 * * *', retention: '7d', type: 'incremental' };
  const { status, body } = await send<Schedule>('POST', '', spec);
  expect([status, body]).toEqual([
    201,
    expect.objectContaining({
      name: 'daily',
      version: 1,
      words: 'At 00:00',
      state: 'upcoming',
      spec: expect.objectContaining({ timezone: 'UTC', priority: 'normal', missedRuns: 'latest' }),
    }),
  ]);
});

test('what cannot be used is refused with its place and what was probably meant', async () => {
  const refused = async (body: object) => (await send<Problem>('POST', '', body)).body.title;
  expect(await refused({ frequency: '0 25 * * *' })).toBe(
    'frequency: 25 is not an hour: 0 to 23 (characters 3 to 4).',
  );
  expect(await refused({ frequency: '@dayly' })).toContain('did you mean @daily?');
  expect(await refused({ frequency: '0 0 30 2 *' })).toContain('It never comes');
  expect(await refused({ frequency: '@daily', timezone: 'Mars/Base' })).toContain('timezone: ');
  expect(await refused({ frequency: '@daily', retention: {} })).toContain('it would keep nothing');
  expect(await refused({ frequency: '@hourly', jitter: '2h' })).toContain('jitter: ');
  expect(await refused({ frequency: '@daily', labelSelector: 'a=b=c' })).toContain(
    'labelSelector: ',
  );
});

test('times and names that cannot be meant are refused before anything is saved', async () => {
  const refused = async (path: string, body: object) => {
    const { status, body: problem } = await send<Problem>('POST', path, body);
    return [status, problem.title];
  };
  const far = { reason: 'x', until: '9999-12-31T23:59:59Z' };
  expect(await refused('/daily/pause', far)).toEqual([
    400,
    'until: not a time between the years 1970 and 3000.',
  ]);
  const daily = { frequency: '@daily' };
  expect(await refused('', { ...daily, retention: '999999y' })).toEqual([
    400,
    'retention: 999999y is over a hundred years: say forever instead.',
  ]);
  expect(await refused('', { ...daily, name: 'calendar' })).toEqual([
    400,
    'name: a name that an address of the API has already.',
  ]);
  expect((await send('GET', '/calendar?from=9999-12-31T00:00:00Z')).status).toBe(400);
  expect((await send<Schedule>('GET', '/daily')).body.state).toBe('upcoming');
});

test('an expression with a zone of its own is shown by the clocks of that zone', async () => {
  const frequency = 'CRON_TZ=Asia/Tokyo 0 2 * * *';
  const { body } = await send<Preview>('POST', '/preview', { frequency, timezone: 'UTC' });
  expect([body.zone, body.next[0]?.at.slice(11, 16)]).toEqual(['Asia/Tokyo', '17:00']);
});

test('a conflict needs a tick, and is told before anything is saved', async () => {
  const body = { name: 'again', frequency: '0 0 * * *', type: 'full' };
  const refused = await send<Problem>('POST', '', body);
  expect([refused.status, refused.body.code]).toEqual([409, 'schedules.warnings']);
  expect(refused.body.title).toContain('again meets daily');
  const saved = await send<Schedule>('POST', '', { ...body, acceptWarnings: true });
  expect(saved.status).toBe(201);
  expect((await send('DELETE', '/again')).status).toBe(200);
});

test('the preview says all that would happen, and saves nothing', async () => {
  const { body } = await send<Preview>('POST', '/preview', {
    frequency: '30 2 * * *',
    timezone: 'Europe/Zurich',
    retention: '14d',
  });
  expect(body).toMatchObject({
    error: null,
    words: 'At 02:30',
    retentionWords: 'everything of 14 days',
  });
  expect([body.next.length, body.retention.outlook.length]).toEqual([10, 3]);
  expect(body.changeDay?.sentence).toContain('clocks go');
  const wrong = await send<Preview>('POST', '/preview', { frequency: '0 25 * * *' });
  expect(wrong.body.error).toMatchObject({ field: 'frequency', from: 2, to: 4 });
  expect((await send<{ total: number }>('GET')).body.total).toBe(1);
});

test('an edit made from an older version is refused, and nothing of the newer one is lost', async () => {
  const edit = (version: number, retention: string) =>
    send<Schedule & Problem>('PUT', '/daily', { frequency: '0 0 * * *', retention, version });
  expect((await edit(1, '8d')).body.version).toBe(2);
  const late = await edit(1, '9d');
  expect([late.status, late.body.code]).toEqual([409, 'schedules.changed']);
  expect((await send<Schedule>('GET', '/daily')).body.spec.retention).toBe('8d');
});

test('a paused schedule says why and until when, and goes on when resumed', async () => {
  const paused = await send<Schedule>('POST', '/daily/pause', { reason: 'moving house' });
  expect(paused.body).toMatchObject({
    state: 'paused',
    next: null,
    paused: { reason: 'moving house' },
  });
  const resumed = await send<Schedule>('POST', '/daily/resume');
  expect(resumed.body).toMatchObject({ state: 'upcoming', paused: null });
  expect(resumed.body.next).not.toBeNull();
});

test('run now makes the backup of the schedule, which says who keeps it', async () => {
  const { status, body } = await send<Run>('POST', '/daily/run');
  expect([status, body.schedule, body.priority, body.slot]).toEqual([202, 'daily', 'high', null]);
  const run = await lifeboat.over(body);
  expect(run.state).toMatch(/completed|partial/);
  const backup = await lifeboat.call<{ schedule: string; keptBecause: string[] }>(
    'GET',
    `/api/clusters/sandbox/backups/${run.backup}`,
  );
  expect(backup.body.schedule).toBe('daily');
  expect(backup.body.keptBecause.join(' ')).toContain('daily keeps it: ');
});

test('slots of every second fire by themselves, once each, and are shown with their runs', async () => {
  await send('POST', '', {
    name: 'often',
    frequency: '@every 1s',
    overlap: 'wait',
    acceptWarnings: true,
  });
  const slots = async () => (await send<{ items: Slot[] }>('GET', '/often/slots')).body.items;
  await expect
    .poll(async () => (await slots()).filter(({ run }) => run !== null).length, { timeout: 15_000 })
    .toBeGreaterThan(2);
  await send('POST', '/often/pause', { reason: 'enough' });
  const decided = await slots();
  expect(new Set(decided.map((slot) => slot.at)).size).toBe(decided.length);
  expect(decided.every(({ state }) => ['fired', 'skipped', 'missed'].includes(state))).toBe(true);
});

test('two that do the same become one: the other rests, with that as the reason', async () => {
  const weekly = { frequency: '0 5 * * 6', namespaces: ['shop'] };
  await send('POST', '', { ...weekly, name: 'one' });
  const asked = { ...weekly, name: 'two', namespaces: ['shop', 'default'] };
  const { findings } = (await send<Preview>('POST', '/preview', asked)).body;
  const [remedy] = findings.flatMap(({ remedies }) => remedies);
  expect(remedy).toMatchObject({ kind: 'merge', replaces: ['one'] });
  const merged = { ...asked, ...remedy?.change, replaces: remedy?.replaces ?? [] };
  expect((await send<Preview>('POST', '/preview', merged)).body.findings).toEqual([]);
  const saved = await send<Schedule>('POST', '', merged);
  expect([saved.status, saved.body.spec.namespaces]).toEqual([201, ['shop', 'default']]);
  const narrow = { ...merged, name: 'three', namespaces: ['default'] };
  const refused = await send<Problem>('POST', '', narrow);
  expect([refused.status, refused.body.title]).toEqual([
    400,
    'replaces: three does not take all that one takes. Add its namespaces, or let it go on.',
  ]);
  const rests = await send<Schedule>('GET', '/one');
  expect(rests.body).toMatchObject({
    state: 'paused',
    paused: { reason: 'two makes its backups now', until: null },
  });
});

test('whoever is bound to a namespace learns nothing of other schedules, and replaces none', async () => {
  await send('POST', '', { name: 'hidden', frequency: '0 7 * * *' });
  const { body: run } = await send<Run>('POST', '/hidden/run');
  await lifeboat.over(run);
  const token = await lifeboat.tokenFor({
    role: 'admin',
    cluster: 'sandbox',
    namespaces: ['shop'],
  });
  const asked = <T>(path: string, body: object) =>
    lifeboat.call<T>('POST', `${at}${path}`, { token, body });
  const mine = { frequency: '0 7 * * *', namespaces: ['shop'] };
  const { status, text, body } = await asked<Preview>('/preview', { ...mine, name: 'hidden' });
  expect([status, body.retention.decisions, text.includes(run.backup ?? '?')]).toEqual([
    200,
    [],
    false,
  ]);
  expect(body.findings.flatMap(({ remedies }) => remedies)).not.toContainEqual(
    expect.objectContaining({ kind: 'merge' }),
  );
  expect((await asked('/preview', { frequency: '0 7 * * *' })).status).toBe(403);
  expect((await asked('/find-slot', { ...mine, namespaces: ['payments'] })).status).toBe(403);
  expect((await asked('', { ...mine, name: 'mine', replaces: ['hidden'] })).status).toBe(403);
  const calendar = await lifeboat.call('GET', `${at}/calendar?hours=48`, { token });
  expect(calendar.text).not.toMatch(/hidden|remedies":\[\{/);
  await send('DELETE', '/hidden');
});

test('nothing is saved when one that it should replace is not there, or is it itself', async () => {
  const asked = { name: 'three', frequency: '0 6 * * 6', namespaces: ['shop'] };
  const absent = await send<Problem>('POST', '', { ...asked, replaces: ['absent'] });
  expect([absent.status, absent.body.code]).toEqual([404, 'schedules.unknown']);
  const itself = await send<Problem>('POST', '', { ...asked, replaces: ['three'] });
  expect([itself.status, itself.body.title]).toEqual([
    400,
    'replaces: a schedule cannot replace itself.',
  ]);
  expect((await send('GET', '/three')).status).toBe(404);
});

test('runs of a deleted schedule that wait are canceled', async () => {
  const always = { days: [...weekdays], from: '00:00', to: '00:00', reason: 'a release' };
  const each = { frequency: '@every 1s', acceptWarnings: true };
  await send('POST', '', { ...each, name: 'gone' });
  await lifeboat.call('PUT', '/api/clusters/sandbox/blackouts', { body: { blackouts: [always] } });
  const never = await send<Problem>('POST', '', { ...each, name: 'never' });
  expect([never.status, never.body.title]).toEqual([409, expect.stringContaining('never begin')]);
  type Queue = { waiting: { run: Run }[] };
  const waiting = async () => {
    const { body } = await lifeboat.call<Queue>('GET', '/api/clusters/sandbox/queue');
    return body.waiting.filter(({ run }) => run.schedule === 'gone');
  };
  await expect.poll(async () => (await waiting()).length, { timeout: 15_000 }).toBe(1);
  await send('DELETE', '/gone');
  expect(await waiting()).toEqual([]);
  await lifeboat.call('PUT', '/api/clusters/sandbox/blackouts', { body: { blackouts: [] } });
});

test('an import takes all or none', async () => {
  const exported = (await send<{ document: string }>('GET', '/export')).body.document;
  expect(exported).toContain('name: daily');
  const one = (frequency: string) =>
    `  - name: imported\n    frequency: "${frequency}"\n    namespaces: [shop]\n`;
  const bad = `schedules:\n${one('0 9 * * *')}  - name: wrong\n    frequency: nonsense\n`;
  const refused = await send<Problem>('POST', '/import', { document: bad, acceptWarnings: true });
  expect([refused.status, refused.body.code]).toEqual([400, 'schedules.document_invalid']);
  expect((await send('GET', '/imported')).status).toBe(404);
  const taken = await send('POST', '/import', {
    document: `schedules:\n${one('0 9 * * *')}`,
    acceptWarnings: true,
  });
  expect(taken.body).toEqual({ created: ['imported'], replaced: [] });
});

test('a schedule that rests still rests after it was exported and imported again', async () => {
  await send('POST', '/imported/pause', { reason: 'moving house' });
  const { document } = (await send<{ document: string }>('GET', '/export')).body;
  await send('DELETE', '/imported');
  await send('POST', '/import', { document, acceptWarnings: true });
  expect((await send<Schedule>('GET', '/imported')).body).toMatchObject({
    state: 'paused',
    paused: { reason: 'moving house', until: null },
  });
  await send('POST', '/imported/resume');
});

test('windows that are imported together are each given a time that is left', async () => {
  const window = '{ days: [sun], from: "01:00", to: "07:00" }';
  const names = Array.from({ length: 20 }, (_, n) => `w${n}`);
  const lines = names.map(
    (name) => `  - { name: ${name}, frequency: ${window}, namespaces: [shop] }`,
  );
  const document = `schedules:\n${lines.join('\n')}\n`;
  await send('POST', '/import', { document, acceptWarnings: true });
  const made = await Promise.all(names.map((name) => send<Schedule>('GET', `/${name}`)));
  expect(new Set(made.map(({ body }) => body.picked?.clock)).size).toBe(names.length);
  for (const name of names) await send('DELETE', `/${name}`);
});

test('a document that nests without end or repeats itself is refused in plain words', async () => {
  const bombs = [
    '['.repeat(50_000),
    `a: &a [${'x,'.repeat(500)}]\nb: &b [${'*a,'.repeat(500)}]\nschedules: *b\n`,
  ];
  for (const document of bombs) {
    const { status, body } = await send<Problem>('POST', '/import', { document });
    expect([status, body.code]).toEqual([400, 'schedules.document_invalid']);
    expect(body.title).not.toMatch(/call stack|YAML\./);
  }
});

test('a schedule that comes each second hides no other one in the calendar', async () => {
  await send('POST', '', { name: 'dense', frequency: '@every 1s', acceptWarnings: true });
  await send('POST', '/dense/pause', { reason: 'enough', until: soon() });
  type Calendar = { planned: { schedule: string }[]; more: boolean };
  const { body } = await send<Calendar>('GET', '/calendar?hours=48');
  expect([body.more, body.planned.some(({ schedule }) => schedule === 'imported')]).toEqual([
    true,
    true,
  ]);
  await send('DELETE', '/dense');
});

const soon = () => new Date(Date.now() + 60_000).toISOString();

test('a calendar lists what is planned, and better times are found', async () => {
  const calendar = await send<{ planned: { schedule: string }[] }>('GET', '/calendar?hours=48');
  expect(calendar.body.planned.filter(({ schedule }) => schedule === 'imported')).toHaveLength(2);
  const found = await send<{ options: { frequency: string }[] }>('POST', '/find-slot', {
    frequency: '0 9 * * *',
    namespaces: ['shop'],
  });
  expect(found.body.options.length).toBeGreaterThan(0);
});

test('deleted with its backups, only pinned ones stay', async () => {
  const made = async () => {
    const { body } = await lifeboat.call<{ items: { id: string; schedule: string }[] }>(
      'GET',
      '/api/clusters/sandbox/backups',
    );
    return body.items.filter(({ schedule }) => schedule === 'often');
  };
  await expect.poll(async () => (await made()).length, { timeout: 15_000 }).toBeGreaterThan(1);
  const [pinned] = await made();
  await lifeboat.call('PUT', `/api/clusters/sandbox/backups/${pinned?.id}/pin`, {
    body: { note: 'audit' },
  });
  const deleted = await send<{ backupsDeleted: number }>('DELETE', '/often?backups=delete');
  expect(deleted.body.backupsDeleted).toBeGreaterThan(0);
  expect((await send('GET', '/often')).status).toBe(404);
  const kept = await lifeboat.call<{ keptBecause: string[] }>(
    'GET',
    `/api/clusters/sandbox/backups/${pinned?.id}`,
  );
  expect(kept.body.keptBecause.join(' ')).toContain('The schedule often that made it is gone');
});
