import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { parsePath } from '../../paths.models.ts';
import type { BackupManifest } from '../../engine.ts';
import { type Inventory, resourceList } from './inventory.ts';
import { errorsOf, seconds } from './velero-backup.models.ts';
import { companionFiles } from './velero-layout.models.ts';
import { volumeInfo } from './volume-info.models.ts';

const compress = promisify(gzip);

/** The small files beside the contents that Velero's `describe` and `logs` read. */
export async function companions(
  manifest: BackupManifest,
  inventory: Inventory,
): Promise<{ file: string; body: Buffer }[]> {
  const texts: Record<keyof typeof companionFiles, string> = {
    logs: logs(manifest, inventory),
    results: JSON.stringify(results(manifest, inventory)),
    resourceList: JSON.stringify(resourceList(inventory, manifest)),
    volumeInfo: JSON.stringify(volumeInfo(inventory.volumes, manifest)),
    podVolumeBackups: '[]',
    volumeSnapshots: '[]',
    itemOperations: '[]',
  };
  const files = Object.entries(companionFiles);
  return Promise.all(
    files.map(async ([key, file]) => ({
      file: file(manifest.id),
      body: await compress(texts[key as keyof typeof companionFiles]),
    })),
  );
}

type Messages = { velero?: string[]; cluster?: string[]; namespaces?: Record<string, string[]> };

/** Errors: kinds that were not read. Warnings: objects that this export leaves out. */
function results(manifest: BackupManifest, { leftOut }: Inventory) {
  const errors = errorsOf(manifest);
  const warnings: Messages = {};
  for (const { path, reason } of leftOut) warn(warnings, path, `${path}: ${reason}`);
  return { errors: errors.length > 0 ? { velero: errors } : {}, warnings };
}

function warn(warnings: Messages, path: string, message: string): void {
  const namespace = parsePath(path)?.namespace ?? null;
  if (namespace === null) {
    (warnings.cluster ??= []).push(message);
    return;
  }
  warnings.namespaces ??= {};
  (warnings.namespaces[namespace] ??= []).push(message);
}

/** Lines as Velero's own logger writes them. */
function logs(manifest: BackupManifest, inventory: Inventory): string {
  const time = seconds(Date.parse(manifest.completedAt));
  const line = (level: string, message: string) =>
    `time="${time}" level=${level} msg=${JSON.stringify(message)}\n`;
  return [
    line('info', `Backup ${manifest.id} of cluster ${manifest.cluster}, exported by Lifeboat`),
    line('info', `${inventory.objects} objects, ${inventory.bytes} bytes of JSON`),
    ...errorsOf(manifest).map((message) => line('error', message)),
    ...inventory.leftOut.map(({ path, reason }) => line('warning', `${path}: ${reason}`)),
  ].join('');
}
