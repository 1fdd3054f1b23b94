import type { Endpoint } from '#shared/http/endpoint.ts';

export type Sample = {
  method: Endpoint['method'];
  url: string;
  params: Record<string, string>;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
};

const uuid = '01936f5e-0000-7000-8000-000000000001';
const params: Readonly<Record<string, string>> = {
  cluster: 'prod',
  backup: 'nightly-1',
  run: uuid,
  schedule: 'nightly',
  plan: uuid,
  token: uuid,
  user: 'bob',
};

const bindings = [{ role: 'viewer' }];
const queries: Readonly<Record<string, Record<string, string>>> = {
  'GET /api/clusters/:cluster/backups/:backup/object': { path: 'x.json' },
  'GET /api/clusters/:cluster/backups/:backup/diff': { to: 'live' },
  'GET /api/clusters/:cluster/plans/:plan/diff': { path: 'x.json' },
  'GET /api/clusters/:cluster/schedules/days': { names: 'nightly' },
};
const bodies: Readonly<Record<string, Record<string, unknown>>> = {
  'POST /api/session': { link: 'a-link-that-was-never-made' },
  'POST /api/users': { name: 'bob', password: 'correct horse battery', bindings },
  'PATCH /api/users/:user': { disabled: true },
  'POST /api/tokens': { name: 'ci', bindings },
  'POST /api/clusters': { kubeconfig: 'apiVersion: v1' },
  'POST /api/clusters/test': { kubeconfig: 'apiVersion: v1' },
  'POST /api/clusters/:cluster/identity': { uid: 'u-1' },
  'POST /api/clusters/:cluster/backups': { namespaces: ['shop', 'pay'] },
  'PUT /api/clusters/:cluster/backups/:backup/pin': { note: 'audit' },
  'POST /api/clusters/:cluster/backups/:backup/export': { folder: 'out' },
  'POST /api/clusters/:cluster/restores/plan': { backup: 'nightly-1' },
  'POST /api/clusters/:cluster/restores': { plan: uuid },
  'POST /api/clusters/:cluster/schedules': { frequency: '0 2 * * *', namespaces: ['shop', 'pay'] },
  'PUT /api/clusters/:cluster/schedules/:schedule': {
    frequency: '0 2 * * *',
    namespaces: ['shop', 'pay'],
  },
  'POST /api/clusters/:cluster/schedules/:schedule/pause': { reason: 'moving house' },
  'POST /api/clusters/:cluster/schedules/preview': { frequency: '0 2 * * *' },
  'POST /api/clusters/:cluster/schedules/find-slot': { frequency: '0 2 * * *' },
  'POST /api/clusters/:cluster/schedules/import': { document: 'schedules: []' },
  'PUT /api/clusters/:cluster/blackouts': { blackouts: [] },
  'POST /api/clusters/:cluster/runs/:run/priority': { priority: 'low' },
  'POST /api/maintenance': { cluster: 'prod' },
};

/** A valid call of each endpoint. Throws for a new one that has none yet: add it above. */
export function sampleOf(at: Endpoint): Sample {
  const name = `${at.method} ${at.path}`;
  const mine = Object.fromEntries(
    [...at.path.matchAll(/:(\w+)/g)].map(([, key = '']) => [key, params[key] ?? `no-${key}`]),
  );
  const { [name]: query } = queries;
  const { [name]: body } = bodies;
  const missing = [
    at.params?.safeParse(mine),
    at.query?.safeParse(query ?? {}),
    at.body?.safeParse(body ?? {}),
  ].find((parsed) => parsed?.success === false);
  if (missing) throw new Error(`samples.ts: ${name} needs a sample: ${missing.error?.message}`);
  const path = at.path.replace(/:(\w+)/g, (_, key: string) => mine[key] ?? '');
  const url = query ? `${path}?${new URLSearchParams(query).toString()}` : path;
  return { method: at.method, url, params: mine, ...(query && { query }), ...(body && { body }) };
}
