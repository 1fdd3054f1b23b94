import * as z from 'zod/mini';
import { contentEntry, exportTarget, objectChange } from './contents.contract.ts';
import { described } from '../http/described.ts';
import { endpoint, type Lookup } from '../http/endpoint.ts';
import {
  backupParams,
  clusterParams,
  instant,
  listOf,
  namespaceName,
  page,
  visiblePart,
} from '../http/schemas.ts';
import { selectionOfObjects, withoutContradiction } from '../http/selection.models.ts';
import { run } from '../runs/runs.contract.ts';

export const backupStates = ['completed', 'partial', 'deleting', 'damaged', 'unknown'] as const;
export type BackupState = (typeof backupStates)[number];

/** `largest`: for readers of the whole cluster; sizes of whole backups are not for the others. */
export const backupOrders = ['newest', 'oldest', 'name', 'largest'] as const;
export type BackupOrder = (typeof backupOrders)[number];

/** How long a backup is kept: `90m`, `36h`, `7d`, `4w`. */
export const duration = z
  .string()
  .check(z.regex(/^[1-9]\d{0,5}[mhdw]$/, 'not a duration such as 12h, 7d or 4w'));

/** The names that Lifeboat gives and takes: DNS labels, so that each is a valid git ref. */
export const backupName = z
  .string()
  .check(
    z.maxLength(63),
    z.regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'not a DNS label of at most 63 characters'),
  );

/** What a backup should hold. Nothing given: the whole cluster without the default noise. */
export const backupSpec = z.object({
  engine: described(z._default(z.enum(['embedded']), 'embedded'), 'What makes the backup'),
  name: described(
    z.optional(backupName),
    'What to call it: lower-case letters, digits and -; otherwise a name is made from the time',
  ),
  namespaces: described(
    z.optional(z.array(namespaceName).check(z.minLength(1), z.maxLength(10_000))),
    'Only these namespaces; otherwise the whole cluster',
  ),
  excludedNamespaces: described(
    z.optional(z.array(namespaceName).check(z.maxLength(10_000))),
    'All but these namespaces',
  ),
  ...selectionOfObjects,
  type: described(
    z._default(z.enum(['incremental', 'full']), 'incremental'),
    'Incremental stores what changed since the last backup, full everything again; both restore alone',
  ),
  retention: described(
    z.optional(duration),
    'How long it is kept, such as 12h, 7d or 4w; otherwise until it is deleted',
  ),
});

/** As it is kept with the backup. */
export const keptSpec = z.extend(backupSpec, {
  /** The schedule that made it, and whose retention decides about it. */
  schedule: z.optional(z.string()),
});
export type KeptSpec = z.infer<typeof keptSpec>;
export type BackupSpec = z.infer<typeof backupSpec>;

/** One kind of a backup: what was read, or why it was not. */
export const backedUpKind = z.object({
  /** `<plural>` or `<plural>.<group>`. */
  resource: z.string(),
  kind: z.string(),
  version: z.string(),
  namespaced: z.boolean(),
  objects: z.int(),
  bytes: z.int(),
  sealed: z.boolean(),
  /** `part`: the list broke off; what had been read is kept. */
  read: z.enum(['complete', 'part', 'not']),
  /** Null when read completely. */
  reason: z.nullable(z.string()),
});
export type BackedUpKind = z.infer<typeof backedUpKind>;

const volume = z.object({ namespace: z.string(), name: z.string(), reason: z.string() });

export const pin = z.object({
  note: described(
    z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
    'Why it is kept: shown to whoever would delete it',
  ),
  until: described(
    z.nullable(instant),
    'When the pin ends, such as 2026-12-31T00:00:00Z; otherwise when it is unpinned',
  ),
});
export type Pin = z.infer<typeof pin>;

export const backup = z.object({
  id: z.string(),
  cluster: z.string(),
  engine: z.enum(['embedded']),
  state: z.enum(backupStates),
  type: z.enum(['incremental', 'full']),
  /** When the capture began: the state that can be restored is from between these two. */
  startedAt: instant,
  completedAt: instant,
  expiresAt: z.nullable(instant),
  /** Null: the whole cluster. Narrowed to the reader's namespaces when the reader is bound to some. */
  namespaces: z.nullable(z.array(z.string())),
  /** Objects and bytes of JSON, of the reader's namespaces. */
  objects: z.int(),
  bytes: z.int(),
  /** Kinds that could not be read; the cause of `partial`. */
  kindsNotRead: z.int(),
  /** Volumes whose data is not in this backup. */
  volumesNotBackedUp: z.int(),
  pin: z.nullable(pin),
  verifiedAt: z.nullable(instant),
  /** The schedule that made it; null: by hand. */
  schedule: z.nullable(z.string()),
});
export type Backup = z.infer<typeof backup>;

export const backupDetail = z.extend(backup, {
  spec: keptSpec,
  serverVersion: z.string(),
  kinds: z.array(backedUpKind),
  volumes: z.array(volume),
  /** Why it is still kept, one sentence each. */
  keptBecause: z.array(z.string()),
});
export type BackupDetail = z.infer<typeof backupDetail>;

const count = z.object({ value: z.string(), backups: z.int() });
export const backupFacets = z.object({
  state: z.array(count),
  type: z.array(count),
  namespace: z.array(count),
});

const touchesBackup = async (
  { params }: { params: { cluster: string; backup: string } },
  { namespacesOfBackup }: Lookup,
) => ({
  cluster: params.cluster,
  namespaces: await namespacesOfBackup(params.cluster, params.backup),
});

const one = { params: backupParams, touches: touchesBackup } as const;
/** Reading a part of a backup: the use case narrows it to the reader's namespaces. */
const visible = { params: backupParams, touches: visiblePart } as const;

export const backupsApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/backups',
    permission: 'backups:read',
    summary: 'List backups, newest first unless asked otherwise.',
    command: 'backups list',
    params: clusterParams,
    query: z.object({
      ...page,
      state: described(z.optional(z.enum(backupStates)), 'Only backups in this state'),
      type: described(z.optional(z.enum(['incremental', 'full'])), 'Only backups of this type'),
      namespace: described(z.optional(z.string()), 'Only backups that hold this namespace'),
      search: described(
        z.optional(z.string().check(z.maxLength(253))),
        'Only backups with this in their name',
      ),
      order: described(z._default(z.enum(backupOrders), 'newest'), 'What comes first'),
    }),
    response: z.extend(listOf(backup), { facets: backupFacets, total: z.int() }),
    touches: visiblePart,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/backups',
    permission: 'backups:create',
    summary: 'Back up the cluster, or a part of it.',
    command: 'backups create',
    params: clusterParams,
    body: backupSpec.check(withoutContradiction),
    status: 202,
    response: run,
    touches: ({ params, body }) => ({
      cluster: params.cluster,
      namespaces: body.namespaces ?? 'all',
    }),
  }),
  show: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/backups/:backup',
    permission: 'backups:read',
    summary: 'Show what a backup holds, and what it does not.',
    command: 'backups show',
    response: backupDetail,
    ...visible,
  }),
  delete: endpoint({
    method: 'DELETE',
    path: '/api/clusters/:cluster/backups/:backup',
    permission: 'backups:delete',
    summary: 'Delete a backup; its space returns after maintenance.',
    command: 'backups delete',
    status: 202,
    response: run,
    ...one,
  }),
  pin: endpoint({
    method: 'PUT',
    path: '/api/clusters/:cluster/backups/:backup/pin',
    permission: 'backups:pin',
    summary: 'Keep a backup whatever its retention says.',
    command: 'backups pin',
    body: z.object({
      note: pin.shape.note,
      until: described(
        z._default(pin.shape.until, null),
        'When the pin ends, such as 2026-12-31T00:00:00Z; otherwise when it is unpinned',
      ),
    }),
    response: pin,
    ...one,
  }),
  unpin: endpoint({
    method: 'DELETE',
    path: '/api/clusters/:cluster/backups/:backup/pin',
    permission: 'backups:pin',
    summary: 'Let retention decide about a backup again.',
    command: 'backups unpin',
    status: 204,
    response: z.void(),
    ...one,
  }),
  contents: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/backups/:backup/contents',
    permission: 'backups:read',
    summary: 'List what a backup holds, one level of the tree at a time.',
    command: 'backups contents',
    query: z.object({
      ...page,
      prefix: described(
        z._default(z.string().check(z.maxLength(2048)), ''),
        'The folder to list, such as resources/configmaps/namespaces/shop/',
      ),
    }),
    response: listOf(contentEntry),
    ...visible,
  }),
  object: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/backups/:backup/object',
    permission: 'backups:read',
    summary: 'Read one object of a backup; values of Secrets need a right of their own.',
    command: 'backups object',
    query: z.object({
      path: described(
        z.string().check(z.minLength(1), z.maxLength(2048)),
        'The path of an object, as “backups contents” shows it',
      ),
    }),
    response: z.object({
      path: z.string(),
      sealed: z.boolean(),
      /** True: the values were left out, the names of the keys remain. */
      redacted: z.boolean(),
      /** The object as the API server sent it: text, so that 64-bit integers survive. */
      json: z.string(),
    }),
    ...visible,
  }),
  diff: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/backups/:backup/diff',
    permission: 'backups:read',
    summary: 'Compare a backup with another one, or with the live cluster.',
    command: 'backups diff',
    query: z.object({
      ...page,
      /** The id of another backup, or `live`. */
      to: described(
        z.string().check(z.minLength(1)),
        'The name of another backup, or live for the cluster as it is now',
      ),
      /** Only this object, with every changed value. */
      path: described(
        z.optional(z.string().check(z.maxLength(2048))),
        'Only this object, with every changed value',
      ),
    }),
    response: listOf(objectChange),
    ...visible,
  }),
  verify: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/backups/:backup/verify',
    permission: 'backups:verify',
    summary: 'Read every object of a backup back and check it.',
    command: 'backups verify',
    status: 202,
    response: run,
    ...one,
  }),
  export: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/backups/:backup/export',
    permission: 'backups:export',
    summary: "Write a backup in Velero's format to a folder or an S3 bucket.",
    command: 'backups export',
    body: exportTarget,
    status: 202,
    response: run,
    ...one,
  }),
};

/** Also in the contract of backups: it is the repository that is maintained. */
export const maintenanceApi = {
  start: endpoint({
    method: 'POST',
    path: '/api/maintenance',
    permission: 'maintenance:start',
    summary: 'Give back the space of deleted backups.',
    command: 'maintenance start',
    body: z.object({ cluster: clusterParams.shape.cluster }),
    status: 202,
    response: run,
    touches: ({ body }) => ({ cluster: body.cluster, namespaces: 'all' }),
  }),
};
