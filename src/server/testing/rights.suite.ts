import type { LightMyRequestResponse } from 'fastify';
import { expect, test } from 'vitest';
import type { Binding } from '#shared/access/access.contract.ts';
import { type Permission, permissionsOfRole, roles } from '#shared/access/permissions.models.ts';
import type { Endpoint, Lookup } from '#shared/http/endpoint.ts';
import type { Person } from './app.ts';
import { sampleOf, type Sample } from './samples.ts';

/** What the samples name touches exactly these two; a lookup must say so. */
const sampleNamespaces = ['shop', 'pay'];
export const sampleLookup: Lookup = {
  namespacesOfBackup: async () => sampleNamespaces,
  namespacesOfRun: async () => sampleNamespaces,
  namespacesOfPlan: async () => sampleNamespaces,
  namespacesOfSchedule: async () => sampleNamespaces,
  namespacesKeptBy: async () => sampleNamespaces,
};

/** Sends one sample call as this person. The lookups of the app under test must be `sampleLookup`. */
type Send = (person: Person, call: Sample) => Promise<Pick<LightMyRequestResponse, 'statusCode'>>;

const bind = (over: Partial<Binding>): Binding => ({
  role: 'admin',
  cluster: '*',
  namespaces: null,
  extra: [],
  ...over,
});
const refused = (status: number) => status === 401 || status === 403;

/**
 * Every endpoint × who asks. An endpoint without a sample fails, and so does one that lets somebody in
 * whom its permission does not.
 */
export function rightsSuite(endpoints: readonly Endpoint[], send: Send): void {
  const closed = endpoints.filter(({ permission }) => permission !== 'public');
  const status = async (person: Person, at: Endpoint) =>
    (await send(person, sampleOf(at))).statusCode;

  test.each(closed.map(named))('%s refuses nobody’s call with 401', async (_, at) => {
    expect(await status('nobody', at)).toBe(401);
  });

  const cells = closed.flatMap((at) => roles.map((role) => [name(at), role, at] as const));
  test.each(cells)('%s as %s', async (_, role, at) => {
    const may = at.permission === 'session:use' || roleMay(role, at.permission);
    const got = await status({ bindings: [bind({ role })] }, at);
    expect(refused(got) ? got : 'let in').toBe(may ? 'let in' : 403);
  });

  test.each(closed.filter(({ permission }) => permission !== 'session:use').map(named))(
    '%s refuses who has every right but this one',
    async (_, at) => {
      const others = [...allPermissions].filter((permission) => permission !== at.permission);
      expect(await status({ may: others }, at)).toBe(403);
    },
  );

  test.each(closed.map(named))('%s lets nobody reach beyond their namespaces', async (_, at) => {
    const scope = await scopeOf(at);
    const half = { may: [at.permission], in: [sampleNamespaces[0] ?? ''] };
    const got = await status(half, at);
    expect(refused(got) ? got : 'let in').toBe(scope === 'some' ? 'let in' : 403);
  });

  const ofCluster = closed.filter(({ path }) => path.includes(':cluster'));
  test.each(ofCluster.map(named))('%s refuses who has no right in that cluster', async (_, at) => {
    const elsewhere = bind({ cluster: 'another', extra: ['backups:export', 'secrets:read'] });
    expect(await status({ bindings: [elsewhere] }, at)).toBe(403);
  });
}

const name = ({ method, path }: Endpoint) => `${method} ${path}`;
const named = (at: Endpoint) => [name(at), at] as const;

const roleMay = (role: (typeof roles)[number], permission: Permission) =>
  permissionsOfRole[role].includes(permission);

const allPermissions = new Set<Permission>([
  ...permissionsOfRole.admin,
  'secrets:read',
  'backups:export',
]);

async function scopeOf(at: Endpoint): Promise<readonly string[] | 'all' | 'some'> {
  const { params, query, body } = sampleOf(at);
  const input = {
    params,
    query: at.query?.parse(query ?? {}),
    body: at.body?.parse(body ?? {}),
  };
  return (await at.touches(input as never, sampleLookup)).namespaces;
}
