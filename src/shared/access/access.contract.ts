import * as z from 'zod/mini';
import { described } from '../http/described.ts';
import { endpoint } from '../http/endpoint.ts';
import { idOf, instant, installation, listOf, namespaceName, page } from '../http/schemas.ts';
import { extraPermissions, roles } from './permissions.models.ts';

/** A role on one cluster (`*`: all), in all its namespaces (null) or in some. */
export const binding = z.object({
  role: z.enum(roles),
  cluster: z._default(z.string().check(z.minLength(1), z.maxLength(63)), '*'),
  namespaces: z._default(z.nullable(z.array(namespaceName).check(z.minLength(1))), null),
  /** Rights that no role brings, on the same scope. */
  extra: z._default(z.array(z.enum(extraPermissions)), []),
});
export type Binding = z.infer<typeof binding>;

export const userName = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(64),
    z.regex(/^[a-z0-9]([-._a-z0-9]*[a-z0-9])?$/, 'not a user name'),
  );
export const password = z.string().check(z.minLength(12), z.maxLength(256));
export const tokenName = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));

export const session = z.object({
  user: z.string(),
  /** `link`: the local administrator by a printed link; `socket`: the command line on this machine. */
  by: z.enum(['link', 'password', 'token', 'socket']),
  bindings: z.array(binding),
  /** Null: ends with the connection. */
  expiresAt: z.nullable(instant),
});
export type Session = z.infer<typeof session>;

export const user = z.object({
  name: z.string(),
  bindings: z.array(binding),
  disabled: z.boolean(),
  createdAt: instant,
  lastSeenAt: z.nullable(instant),
});
export type User = z.infer<typeof user>;

export const token = z.object({
  id: z.uuid(),
  name: z.string(),
  createdBy: z.string(),
  bindings: z.array(binding),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: z.nullable(instant),
});
export type Token = z.infer<typeof token>;

const none = (): { cluster: string; namespaces: 'some' } => ({ cluster: '*', namespaces: 'some' });
const all = () => installation;
const userParams = z.object({ user: described(z.string(), 'The name of a local account') });

export const sessionApi = {
  show: endpoint({
    method: 'GET',
    path: '/api/session',
    permission: 'session:use',
    summary: 'Say who you are and what you may do.',
    command: 'session show',
    response: session,
    touches: none,
  }),
  signIn: endpoint({
    method: 'POST',
    path: '/api/session',
    permission: 'public',
    summary: 'Sign in, by the token of a printed link or by name and password.',
    command: null,
    body: z.union([
      z.object({
        link: described(
          z.string().check(z.minLength(16), z.maxLength(256)),
          'The token of a printed sign-in link',
        ),
      }),
      z.object({
        user: described(z.string().check(z.maxLength(256)), 'The name of a local account'),
        password: described(z.string().check(z.maxLength(256)), 'Its password'),
      }),
    ]),
    response: session,
    touches: none,
  }),
  signOut: endpoint({
    method: 'DELETE',
    path: '/api/session',
    permission: 'session:use',
    summary: 'End your session.',
    command: null,
    status: 204,
    response: z.void(),
    touches: none,
  }),
  link: endpoint({
    method: 'POST',
    path: '/api/session/link',
    permission: 'access:manage',
    summary: 'Make a single-use sign-in link for the local administrator.',
    command: 'sessions link',
    status: 201,
    shownOnce: true,
    response: z.object({ url: z.string(), expiresAt: instant }),
    touches: all,
  }),
};

export const usersApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/users',
    permission: 'access:manage',
    summary: 'List the people with a local account.',
    command: 'users list',
    query: z.object(page),
    response: listOf(user),
    touches: all,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/users',
    permission: 'access:manage',
    summary: 'Make a local account.',
    command: 'users create',
    body: z.object({
      name: described(userName, 'The name to sign in with: lower-case letters, digits, -, . and _'),
      password: described(password, 'At least 12 characters'),
      bindings: described(
        z.array(binding).check(z.maxLength(100)),
        'What the account may do: [{"role":"operator","cluster":"prod","namespaces":["shop"]}]; roles are viewer, operator, restorer and admin',
      ),
    }),
    status: 201,
    response: user,
    touches: all,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/users/:user',
    permission: 'access:manage',
    summary: "Change an account's rights or password, or disable it; its sessions end.",
    command: 'users change',
    params: userParams,
    body: z.object({
      password: described(z.optional(password), 'A new one, of at least 12 characters'),
      bindings: described(
        z.optional(z.array(binding).check(z.maxLength(100))),
        'Instead of what the account may do now; as in “users create”',
      ),
      disabled: described(
        z.optional(z.boolean()),
        'Nobody can sign in with it until it is enabled again (--no-disabled)',
      ),
    }),
    response: user,
    touches: all,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/users/:user',
    permission: 'access:manage',
    summary: 'Remove a local account; what it did stays in the audit trail.',
    command: 'users remove',
    params: userParams,
    status: 204,
    response: z.void(),
    touches: all,
  }),
};

export const tokensApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/tokens',
    permission: 'access:manage',
    summary: 'List API tokens; the tokens themselves are never shown again.',
    command: 'tokens list',
    query: z.object(page),
    response: listOf(token),
    touches: all,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/tokens',
    permission: 'access:manage',
    summary: 'Make an API token; it is shown this once.',
    command: 'tokens create',
    body: z.object({
      name: described(tokenName, 'What it is for: shown in the list and the audit trail'),
      bindings: described(
        z.array(binding).check(z.minLength(1), z.maxLength(100)),
        'What the token may do: [{"role":"operator","cluster":"prod","namespaces":["shop"]}]; roles are viewer, operator, restorer and admin',
      ),
      days: described(
        z._default(z.int().check(z.gte(1), z.lte(365)), 90),
        'How many days it is valid, at most 365',
      ),
    }),
    status: 201,
    shownOnce: true,
    response: z.extend(token, { token: z.string() }),
    touches: all,
  }),
  revoke: endpoint({
    method: 'DELETE',
    path: '/api/tokens/:token',
    permission: 'access:manage',
    summary: 'Revoke an API token at once.',
    command: 'tokens revoke',
    params: z.object({
      token: described(idOf('a token'), 'The id of a token, as “tokens list” shows it'),
    }),
    status: 204,
    response: z.void(),
    touches: all,
  }),
};
