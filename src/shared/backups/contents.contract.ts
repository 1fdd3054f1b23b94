import * as z from 'zod/mini';
import { described } from '../http/described.ts';

/** One level of the tree, as folders of `resources/<kind>/namespaces/<ns>/<name>.json`. */
export const contentEntry = z.object({
  /** C-quoted as git does, when it has unusual characters. */
  path: z.string(),
  name: z.string(),
  entry: z.enum(['folder', 'object']),
  /** Objects below a folder; 1 for an object. */
  objects: z.int(),
  bytes: z.int(),
  sealed: z.boolean(),
});
export type ContentEntry = z.infer<typeof contentEntry>;

/** A value that differs. `path`: a JSON pointer (RFC 6901). Values are JSON texts; null: absent. */
export const change = z.object({
  path: z.string(),
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
});
export type Change = z.infer<typeof change>;

export const objectChange = z.object({
  path: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  sealed: z.boolean(),
  /** Null unless the query names this path; of sealed kinds only the names of keys. */
  changes: z.nullable(z.array(change)),
});
export type ObjectChange = z.infer<typeof objectChange>;

/** Where an export goes, in Velero's object-store format. */
export const exportTarget = z.object({
  /** A folder below `--export-root`; exactly one of `folder` and `s3`. */
  folder: described(
    z.optional(z.string().check(z.minLength(1), z.maxLength(1024))),
    'A folder below the one that --export-root named at start; instead of an S3 bucket',
  ),
  s3: z.optional(
    z.object({
      endpoint: described(z.url(), 'The address of the S3 server, http or https'),
      region: described(
        z._default(z.string(), 'us-east-1'),
        'The region that requests are signed for',
      ),
      bucket: described(
        z.string().check(z.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'not a bucket name')),
        'The bucket, which must exist',
      ),
      prefix: described(
        z.optional(z.string().check(z.maxLength(512))),
        'Where in the bucket, such as clusters/prod',
      ),
      accessKeyId: described(z.string().check(z.minLength(1)), 'The id of the access key'),
      secretAccessKey: described(
        z.string().check(z.minLength(1)),
        'The secret of the access key, kept sealed until the export is done',
      ),
    }),
  ),
  /** Needs `secrets:read`; without it Secrets are left out and named. */
  includeSecrets: described(
    z._default(z.boolean(), false),
    'Write Secrets too, in plain text as Velero does; needs the right secrets:read',
  ),
});
export type ExportTarget = z.infer<typeof exportTarget>;
