import * as z from 'zod/mini';
import { described } from '../http/described.ts';
import { endpoint } from '../http/endpoint.ts';
import { installation, instant, listOf, page } from '../http/schemas.ts';

export const auditEntry = z.object({
  seq: z.int(),
  at: instant,
  actor: z.string(),
  /** `POST /api/clusters/:cluster/backups`, or an act of Lifeboat itself. */
  action: z.string(),
  cluster: z.nullable(z.string()),
  /** What it was about: parameters of the path, never bodies. */
  target: z.record(z.string(), z.string()),
  outcome: z.enum(['intended', 'done', 'refused', 'failed']),
  /** The code of the problem, when it was refused or failed. */
  code: z.nullable(z.string()),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/audit',
    permission: 'audit:read',
    summary: 'Read the audit trail, newest first.',
    command: 'audit list',
    query: z.object({
      ...page,
      actor: described(z.optional(z.string()), 'Only what this account or token did'),
      cluster: described(z.optional(z.string()), 'Only what was done to this cluster'),
    }),
    response: listOf(auditEntry),
    touches: () => installation,
  }),
  verify: endpoint({
    method: 'GET',
    path: '/api/audit/verify',
    permission: 'audit:read',
    summary: 'Check the chain of the audit trail from the first entry to the last.',
    command: 'audit verify',
    response: z.object({
      intact: z.boolean(),
      entries: z.int(),
      /** The first entry that does not fit; null when all do. */
      brokenAt: z.nullable(z.int()),
    }),
    touches: () => installation,
  }),
};
