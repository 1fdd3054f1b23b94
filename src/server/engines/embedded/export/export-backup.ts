import type { ExportTarget } from '#shared/backups/contents.contract.ts';
import { parsePath } from '../../paths.models.ts';
import type { BackupManifest, ExportOutcome, RunContext, StoredObject } from '../../engine.ts';
import { type ArchiveEntry, createArchive } from './archive.ts';
import { companions } from './companions.ts';
import type { Destination } from './destination.types.ts';
import { targetInvalid } from './export.errors.ts';
import { openFolder } from './folder.destination.ts';
import { type Inventory, count, createInventory } from './inventory.ts';
import { type S3Timing, usualTiming } from './s3.client.ts';
import { openS3 } from './s3.destination.ts';
import { veleroBackup } from './velero-backup.models.ts';
import {
  archivePaths,
  contentsFile,
  descriptionFile,
  reasonToLeaveOut,
} from './velero-layout.models.ts';

export type ExportInput = Pick<RunContext, 'signal' | 'progress' | 'log'> & {
  manifest: BackupManifest;
  /** In the order of their paths. */
  objects: AsyncIterable<StoredObject>;
  target: ExportTarget;
  /** Milliseconds since 1970; Velero deletes the export then. Null: never. */
  expiresAt: number | null;
  /** The folder below which exports may be written; null: only S3. */
  exportRoot: string | null;
  /** How patient we are with S3; the default suits slow links. */
  s3Timing?: S3Timing;
};

/**
 * Writes a backup in Velero's object-store format (format version 1.1.0): a Velero whose location
 * is the target lists, describes and restores it. All or nothing: contents first, the description
 * that makes it visible last.
 *
 * @returns what was written; objects that Velero must not or cannot get are named in `leftOut`.
 * @throws ProblemError `export.…`, or the signal's reason; then nothing of it can be seen.
 */
export async function exportBackup(input: ExportInput): Promise<ExportOutcome> {
  const destination = await openDestination(input);
  try {
    const inventory = await writeAll(input, destination);
    const { objects, bytes, leftOut } = inventory;
    input.log('info', `Exported ${objects} objects; ${leftOut.length} were left out.`);
    return { objects, bytes, leftOut };
  } catch (error) {
    await destination.discard();
    input.signal.throwIfAborted();
    throw error;
  }
}

function openDestination(input: ExportInput): Promise<Destination> {
  const { target, manifest, exportRoot, signal, log } = input;
  const { folder, s3 } = target;
  const name = manifest.id;
  signal.throwIfAborted();
  if (folder !== undefined && s3 === undefined)
    return openFolder({ exportRoot, folder, name, signal, log });
  if (s3 !== undefined && folder === undefined)
    return openS3({ target: s3, name, signal, log, timing: input.s3Timing ?? usualTiming });
  throw targetInvalid();
}

async function writeAll(input: ExportInput, destination: Destination): Promise<Inventory> {
  const { manifest, expiresAt, signal } = input;
  const inventory = createInventory();
  const archive = createArchive(entriesOf(input, inventory), {
    at: new Date(manifest.completedAt),
  });
  await destination.write(contentsFile(manifest.id), archive);
  tell(input, inventory, 'Writing the lists and logs.');
  for (const { file, body } of await companions(manifest, inventory)) {
    signal.throwIfAborted();
    await destination.write(file, once(body));
  }
  tell(input, inventory, 'Making the export visible.');
  const { objects, leftOut } = inventory;
  const described = veleroBackup({ manifest, expiresAt, objects, warnings: leftOut.length });
  signal.throwIfAborted();
  await destination.publish(descriptionFile, Buffer.from(JSON.stringify(described)));
  return inventory;
}

const everySoMany = 200;

async function* entriesOf(
  input: ExportInput,
  inventory: Inventory,
): AsyncGenerator<ArchiveEntry, void> {
  const { manifest, objects, target, signal } = input;
  const versions = new Map(manifest.kinds.map(({ resource, version }) => [resource, version]));
  yield { path: 'metadata/version', body: Buffer.from('1.1.0\n') };
  for await (const object of objects) {
    signal.throwIfAborted();
    const taken = take({ object, versions, includeSecrets: target.includeSecrets });
    if ('reason' in taken) inventory.leftOut.push({ path: object.path, reason: taken.reason });
    else {
      count(inventory, taken.path, object);
      for (const path of archivePaths(object.path, taken.version))
        yield { path, body: object.json };
    }
    if (inventory.objects % everySoMany === 0) tell(input, inventory, 'Writing the objects.');
  }
}

function take(given: {
  object: StoredObject;
  versions: ReadonlyMap<string, string>;
  includeSecrets: boolean;
}) {
  const { object, versions, includeSecrets } = given;
  const path = parsePath(object.path);
  const version = path === null ? undefined : versions.get(path.resource);
  if (path === null || version === undefined)
    return { reason: "The backup's own description does not know this kind." };
  const reason = reasonToLeaveOut({ path, sealed: object.sealed, includeSecrets });
  return reason === null ? { path, version } : { reason };
}

function tell({ progress, manifest }: ExportInput, inventory: Inventory, doing: string): void {
  progress({
    doing,
    items: { done: inventory.objects + inventory.leftOut.length, total: manifest.objects },
    bytes: { done: inventory.bytes, total: manifest.bytes },
  });
}

async function* once(body: Buffer): AsyncGenerator<Buffer, void> {
  yield body;
}
