import { isAbsolute, relative, resolve } from 'node:path';
import { type ExportTarget, exportTarget } from '#shared/backups/contents.contract.ts';
import { endpointInvalid, prefixInvalid } from '../../engines/embedded/export/export.errors.ts';
import { normalEndpoint, normalPrefix } from '../../engines/embedded/export/s3.models.ts';
import type { Keyring } from '../../platform/keyring.types.ts';
import type { At } from './backups.repository.ts';
import { folderOutside, noExportRoot, oneTarget } from './backups.errors.ts';

/** The target, checked as far as that goes without reaching it. The folder stays relative to the root: the engine joins them. */
export function targetFolder(target: ExportTarget, root: string | undefined): ExportTarget {
  if ((target.folder === undefined) === (target.s3 === undefined)) throw oneTarget();
  if (target.s3 !== undefined) assertStore(target.s3);
  if (target.folder === undefined) return target;
  if (root === undefined) throw noExportRoot();
  const inside = relative(root, resolve(root, target.folder));
  if (inside.startsWith('..') || isAbsolute(inside) || target.folder.includes('\0'))
    throw folderOutside();
  return target;
}

function assertStore({ endpoint, prefix }: NonNullable<ExportTarget['s3']>): void {
  if (normalEndpoint(endpoint) === null) throw endpointInvalid();
  if (normalPrefix(prefix) === null) throw prefixInvalid();
}

const identity = ({ cluster, backup }: At) => `export/${cluster}/${backup}`;

/** S3 credentials are in it: it lies in the database sealed, and no answer holds it. */
export const sealTarget = (keyring: Keyring, at: At, target: ExportTarget): string =>
  keyring.seal(identity(at), Buffer.from(JSON.stringify(target))).toString('base64');

export const openTarget = (keyring: Keyring, at: At, sealed: string): ExportTarget =>
  exportTarget.parse(
    JSON.parse(keyring.open(identity(at), Buffer.from(sealed, 'base64')).toString()),
  );
