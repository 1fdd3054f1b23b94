import type { BackupState, Pin } from '#shared/backups/backups.contract.ts';
import type { ExportTarget } from '#shared/backups/contents.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Keyring } from '../../platform/keyring.types.ts';
import type { NewRun, Submit } from '../../platform/runs.types.ts';
import {
  alreadyOver,
  backupUnknown,
  notUsable,
  pinned,
  secretsNeedRight,
} from './backups.errors.ts';
import { holds } from './backups.models.ts';
import type { At, BackupsRepository } from './backups.repository.ts';
import { sealTarget, targetFolder } from './export-target.ts';

export type ManageNeeds = {
  backups: BackupsRepository;
  submit: Submit;
  keyring: Keyring;
  /** Folder below which exports may go; undefined: only S3. */
  exportRoot: string | undefined;
  clock: Clock;
};

/** Who comes here may touch every namespace of the backup: `handle` has looked at that. */
async function present({ cluster, backup }: At, { backups }: Pick<ManageNeeds, 'backups'>) {
  const stored = await backups.find(cluster, backup);
  if (!stored) throw backupUnknown(backup);
  return stored.backup;
}

const gone: readonly BackupState[] = ['deleting'];

async function newRun(
  { at, kind, actor, spec }: { at: At; kind: NewRun['kind']; actor: Actor; spec: unknown },
  { backups }: Pick<ManageNeeds, 'backups'>,
): Promise<NewRun> {
  const namespaces = await backups.namespacesOf(at.cluster, at.backup);
  return { ...at, kind, namespaces, plan: null, spec, createdBy: actor.name };
}

/** Deleted because its retention says so: after everything that people wait for. */
export async function expireBackup(at: At, needs: ManageNeeds): Promise<Run> {
  const { state, pin } = await present(at, needs);
  if (gone.includes(state)) throw notUsable(at.backup, state);
  if (pin && holds(pin, needs.clock().epochMilliseconds)) throw pinned(pin.note);
  const namespaces = await needs.backups.namespacesOf(at.cluster, at.backup);
  const run: NewRun = {
    ...at,
    kind: 'delete',
    namespaces,
    plan: null,
    spec: { before: state },
    createdBy: 'retention',
    priority: 'low',
  };
  return needs.submit(run, (work) => needs.backups.setState(at, 'deleting', work));
}

/** The backup reads as being deleted from now on; when the run fails it is what it was before. */
export async function deleteBackup(at: At, actor: Actor, needs: ManageNeeds): Promise<Run> {
  const { state, pin } = await present(at, needs);
  if (gone.includes(state)) throw notUsable(at.backup, state);
  if (pin && holds(pin, needs.clock().epochMilliseconds)) throw pinned(pin.note);
  const run = await newRun({ at, kind: 'delete', actor, spec: { before: state } }, needs);
  return needs.submit(run, (work) => needs.backups.setState(at, 'deleting', work));
}

export async function verifyBackup(at: At, actor: Actor, needs: ManageNeeds): Promise<Run> {
  const { state } = await present(at, needs);
  if (gone.includes(state)) throw notUsable(at.backup, state);
  return needs.submit(await newRun({ at, kind: 'verify', actor, spec: {} }, needs));
}

export async function exportBackup(
  { target, ...at }: At & { target: ExportTarget },
  actor: Actor,
  needs: ManageNeeds,
): Promise<Run> {
  const { state } = await present(at, needs);
  if (gone.includes(state)) throw notUsable(at.backup, state);
  const namespaces = await needs.backups.namespacesOf(at.cluster, at.backup);
  if (target.includeSecrets && !actor.may('secrets:read', { cluster: at.cluster, namespaces }))
    throw secretsNeedRight();
  const where = targetFolder(target, needs.exportRoot);
  const spec = { target: sealTarget(needs.keyring, at, where) };
  return needs.submit(await newRun({ at, kind: 'export', actor, spec }, needs));
}

export async function pinBackup(
  { pin, ...at }: At & { pin: Pin },
  { backups, clock }: ManageNeeds,
): Promise<Pin> {
  await present(at, { backups });
  if (!holds(pin, clock().epochMilliseconds)) throw alreadyOver(String(pin.until));
  const until = pin.until === null ? null : Date.parse(pin.until);
  await backups.pin(at.cluster, at.backup, { note: pin.note, until });
  return { note: pin.note, until: until === null ? null : new Date(until).toISOString() };
}

export async function unpinBackup(at: At, { backups }: ManageNeeds): Promise<void> {
  await present(at, { backups });
  await backups.unpin(at.cluster, at.backup);
}
