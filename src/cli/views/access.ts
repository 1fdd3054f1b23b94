import {
  type Binding,
  sessionApi,
  type Token,
  tokensApi,
  type User,
  usersApi,
} from '#shared/access/access.contract.ts';
import { auditApi } from '#shared/audit/audit.contract.ts';
import { healthApi } from '#shared/health/health.contract.ts';
import { count, figure } from '#shared/words/format.models.ts';
import { fields, moment, table } from '../format.models.ts';
import { more, view } from './view.ts';

export const accessViews = [
  view(sessionApi.show, ({ user, by, bindings, expiresAt }, { now }) =>
    fields([
      ['You are', user],
      ['Signed in by', by],
      ['You may', rights(bindings)],
      ['Until', expiresAt === null ? null : moment(expiresAt, now)],
    ]),
  ),
  view(
    sessionApi.link,
    ({ url, expiresAt }, { now }) => `${url}\nWorks once; expires ${moment(expiresAt, now)}.\n`,
  ),
  view(usersApi.list, ({ items, next }, { now, command }) =>
    items.length === 0
      ? `Nobody has an account yet. Make one: ${command('users create --help')}\n`
      : userTable(items, now) + more(next),
  ),
  view(usersApi.create, ({ name, bindings }) => `${name} may sign in: ${rights(bindings)}.\n`),
  view(usersApi.change, ({ name, bindings, disabled }) =>
    disabled ? `${name} may not sign in any more.\n` : `${name} may: ${rights(bindings)}.\n`,
  ),
  view(
    usersApi.remove,
    (_, { params }) => `${params['user']} is removed; what was done stays in the audit trail.\n`,
  ),
  view(tokensApi.list, ({ items, next }, { now }) =>
    items.length === 0 ? 'There is no API token.\n' : tokenTable(items, now) + more(next),
  ),
  view(
    tokensApi.create,
    ({ token, expiresAt }, { now }) =>
      `${token}\nIt is shown this once; it expires ${moment(expiresAt, now)}.\n`,
  ),
  view(tokensApi.revoke, () => 'The token is revoked.\n'),
  view(auditApi.list, ({ items, next }, { now }) =>
    items.length === 0
      ? 'The audit trail is empty.\n'
      : table(items, [
          { title: 'ENTRY', of: ({ seq }) => figure(seq), right: true },
          { title: 'WHEN', of: ({ at }) => moment(at, now) },
          { title: 'WHO', of: ({ actor }) => actor },
          { title: 'WHAT', of: ({ action }) => action },
          { title: 'ABOUT', of: ({ target }) => Object.values(target).join(' ') },
          {
            title: 'OUTCOME',
            of: ({ outcome, code }) => (code === null ? outcome : `${outcome}: ${code}`),
          },
        ]) + more(next),
  ),
  view(auditApi.verify, ({ intact, entries, brokenAt }) =>
    intact
      ? `The audit trail is intact: ${entries === 1 ? '1 entry' : `${figure(entries)} entries`}.\n`
      : `The audit trail was altered: ${brokenAt === null ? 'its end is missing' : `entry ${figure(brokenAt)} does not fit the one before`}. ${count(entries, 'entry')} were checked.\n`,
  ),
  view(healthApi.ready, ({ version }) => `Lifeboat ${version} is ready.\n`),
];

const rights = (bindings: readonly Binding[]): string =>
  bindings
    .map(({ role, cluster, namespaces, extra }) => {
      const where = cluster === '*' ? 'all clusters' : cluster;
      const narrowed = namespaces === null ? '' : `, only in ${namespaces.join(', ')}`;
      return `${[role, ...extra].join(' + ')} of ${where}${narrowed}`;
    })
    .join('; ') || 'nothing';

const userTable = (items: readonly User[], now: Temporal.Instant): string =>
  table(items, [
    { title: 'USER', of: ({ name, disabled }) => (disabled ? `${name} (disabled)` : name) },
    { title: 'MAY', of: ({ bindings }) => rights(bindings) },
    {
      title: 'LAST SEEN',
      of: ({ lastSeenAt }) => (lastSeenAt === null ? 'never' : moment(lastSeenAt, now)),
    },
  ]);

const tokenTable = (items: readonly Token[], now: Temporal.Instant): string =>
  table(items, [
    { title: 'TOKEN', of: ({ id }) => id },
    { title: 'NAME', of: ({ name }) => name },
    { title: 'MAY', of: ({ bindings }) => rights(bindings) },
    { title: 'BY', of: ({ createdBy }) => createdBy },
    { title: 'EXPIRES', of: ({ expiresAt }) => moment(expiresAt, now) },
    {
      title: 'LAST USED',
      of: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : moment(lastUsedAt, now)),
    },
  ]);
