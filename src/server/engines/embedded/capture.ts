import type { BackedUpKind } from '#shared/backups/backups.contract.ts';
import type { ApiResource } from '../../kubernetes/client.types.ts';
import type { Keyring } from '../../platform/keyring.types.ts';
import type { BackupManifest } from '../engine.ts';
import { resourceName } from '../paths.models.ts';
import { clusterLost, namespaceUnknown, nothingRead, selectionEmpty } from './capture.errors.ts';
import type { CaptureClient, CaptureOrder, CaptureReport } from './capture.types.ts';
import { isNamespace } from './capture-scope.ts';
import { type CapturedKind, captureKind, type KindNeeds } from './capture-kind.ts';
import { type CapturePlan, jobFor, planCapture } from './capture-plan.ts';
import { addFile, contentOf, createCommands, takeCommands } from './commands.ts';
import type { Importer, ImportOrder } from './fast-import.ts';
import { gitRecords } from './git.ts';
import { crds } from './kinds.models.ts';
import { buildManifest } from './manifest.models.ts';
import { baseRef, resolveRef } from './repository.ts';

export type CaptureNeeds = {
  client: CaptureClient;
  keyring: Keyring;
  /** Begins to feed git. */
  startImport: (order: ImportOrder) => Importer;
  signal: AbortSignal;
  report: CaptureReport;
};

/** Lists at once: more would slow the API server down for everybody else. */
const listsAtOnce = 2;
/** A cluster that does not answer for so many kinds in a row is gone. */
const unreachableKinds = 4;

/**
 * Reads the cluster and writes it to `order.ref` as one commit without parent. Answers the manifest,
 * which is part of that commit. Nothing is written when it throws, except what git tidies away.
 */
export async function capture(order: CaptureOrder, needs: CaptureNeeds): Promise<BackupManifest> {
  const began = performance.now();
  needs.report.progress(
    progressOf('Asking the cluster which kinds it has', { objects: 0, bytes: 0 }),
  );
  const [plan, known] = await Promise.all([planCapture(order, needs), knownBlobs(order.reuseFrom)]);
  const message = `${order.name}\n`;
  const at = Math.floor(order.now / 1000);
  const importer = needs.startImport({ gitDir: order.gitDir, ref: order.ref, message, at });
  try {
    const kinds = await captureKinds({ order, plan, known }, importer, needs);
    refuseEmpty(order, kinds);
    const completedAt = order.now + Math.round(performance.now() - began);
    const manifest = buildManifest({ order, plan, kinds, completedAt });
    needs.report.progress(progressOf('Writing to the disk', manifest));
    await importer.write(descriptionOf(manifest));
    await importer.finish();
    return manifest;
  } catch (error) {
    await importer.abort();
    throw error;
  }
}

/** Ids of everything in the last capture: what is the same again is not sent to git. */
async function knownBlobs(gitDir: string | null): Promise<Set<string>> {
  const known = new Set<string>();
  if (gitDir === null || (await resolveRef(gitDir, baseRef)) === null) return known;
  for await (const oid of gitRecords(gitDir, ['ls-tree', '-r', '-z', '--object-only', baseRef]))
    known.add(oid);
  return known;
}

type Work = { order: CaptureOrder; plan: CapturePlan; known: ReadonlySet<string> };

async function captureKinds(
  { order, plan, known }: Work,
  importer: Importer,
  { client, keyring, signal, report }: CaptureNeeds,
): Promise<CapturedKind[]> {
  const sum = { objects: 0, bytes: 0 };
  const needs: KindNeeds = {
    client,
    importer,
    signal,
    onObjects: (resource, added) => {
      sum.objects += added.objects;
      sum.bytes += added.bytes;
      report.progress(progressOf(`Reading ${resourceName(resource)}`, sum));
    },
  };
  const units = plan.units.values();
  const captured: CapturedKind[] = [];
  let unreachable = 0;
  const readUnit = async (unit: readonly ApiResource[]) => {
    const twins = unit.length > 1 ? new Set<string>() : undefined;
    for (const resource of unit) {
      signal.throwIfAborted();
      const job = jobFor(resource, { order, plan, keyring, known, twins });
      const one = withoutMissing(resource, await captureKind(job, needs), plan.scope);
      tell(one.kind, report);
      captured.push(one);
      unreachable = one.unreachable ? unreachable + 1 : 0;
      if (unreachable === unreachableKinds) throw clusterLost(one.kind.reason ?? '');
    }
  };
  const readUnits = async () => {
    for (const unit of units) await readUnit(unit);
  };
  await Promise.all(Array.from({ length: listsAtOnce }, readUnits));
  await captureDefinitions({ order, plan, known }, captured, { ...needs, keyring });
  return captured;
}

/** Namespaces that are gone are named as not backed up: the backup is not whole. */
function withoutMissing(
  resource: ApiResource,
  captured: CapturedKind,
  { missing }: CapturePlan['scope'],
): CapturedKind {
  if (missing.length === 0 || !isNamespace(resource)) return captured;
  const { kind } = captured;
  const gone = namespaceUnknown(missing).problem.title;
  return { ...captured, kind: { ...kind, read: 'part', reason: kind.reason ?? gone } };
}

/** With namespaces chosen: the definitions of the custom resources that were found in them. */
async function captureDefinitions(
  { order, plan, known }: Work,
  captured: CapturedKind[],
  { keyring, ...needs }: KindNeeds & { keyring: Keyring },
): Promise<void> {
  const { definitions, scope } = plan;
  const there = captured.some(({ kind }) => kind.resource === crds);
  if (!definitions || scope.chosen === null || there) return;
  const names = captured
    .filter(({ kind }) => kind.objects > 0 && plan.custom.has(kind.resource))
    .map(({ kind }) => kind.resource);
  if (names.length === 0) return;
  const job = jobFor(definitions, { order, plan, keyring, known, twins: undefined });
  captured.push(
    await captureKind(
      { ...job, labelSelector: undefined, sources: [{ from: 'names', names }] },
      needs,
    ),
  );
}

function tell(kind: BackedUpKind, { log }: CaptureReport): void {
  if (kind.read === 'complete') return;
  const kept = kind.read === 'part' ? `only ${kind.objects} objects were read` : 'was not read';
  log('warning', `${kind.resource}: ${kept}. ${kind.reason ?? ''}`);
}

/** What comes along by itself (Namespace objects, definitions) is not what was asked for. */
function refuseEmpty({ spec }: CaptureOrder, captured: readonly CapturedKind[]): void {
  const narrowed = spec.kinds !== undefined || spec.labelSelector !== undefined;
  const alone = (resource: string) =>
    spec.namespaces !== undefined && narrowed && isCompanion(resource);
  const wanted = captured.filter(
    ({ kind }) => !alone(kind.resource) || isNamed(spec.kinds, kind.resource),
  );
  if (wanted.some(({ kind }) => kind.objects > 0)) return;
  const failed = captured.find(({ kind }) => kind.reason !== null)?.kind;
  if (failed) throw nothingRead(`${failed.resource}: ${failed.reason}`);
  throw selectionEmpty(
    [
      ...(spec.namespaces ? [`namespaces ${spec.namespaces.slice(0, 5).join(', ')}`] : []),
      ...(spec.kinds ? [`kinds ${spec.kinds.slice(0, 5).join(', ')}`] : []),
      ...(spec.labelSelector === undefined ? [] : [`labels ${spec.labelSelector}`]),
    ].join(', ') || 'the whole cluster',
  );
}

const isCompanion = (resource: string) => resource === 'namespaces' || resource === crds;
const isNamed = (kinds: readonly string[] | undefined, resource: string) =>
  kinds?.includes(resource) ?? false;

function descriptionOf(manifest: BackupManifest): Uint8Array<ArrayBuffer> {
  const files = { 'metadata/version': '1.1.0\n', 'lifeboat/backup.json': JSON.stringify(manifest) };
  const commands = createCommands();
  for (const [path, text] of Object.entries(files))
    addFile(commands, { path, content: contentOf(Buffer.from(text)) }, noneKnown);
  return takeCommands(commands);
}
const noneKnown: ReadonlySet<string> = new Set();

const progressOf = (doing: string, { objects, bytes }: { objects: number; bytes: number }) => ({
  doing,
  items: { done: objects, total: null },
  bytes: { done: bytes, total: null },
});
