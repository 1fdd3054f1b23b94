import type { BackedUpKind, KeptSpec } from '#shared/backups/backups.contract.ts';
import type {
  Change,
  ContentEntry,
  ExportTarget,
  ObjectChange,
} from '#shared/backups/contents.contract.ts';
import type {
  ObjectOutcome,
  PlannedAction,
  PlannedObject,
  RestoreOptions,
} from '#shared/restores/restores.contract.ts';
import type { Progress } from '#shared/runs/runs.contract.ts';
import type { Connection, ConnectionSource } from '../kubernetes/connection.types.ts';
import type { KubernetesClient } from '../kubernetes/client.types.ts';

/** A cluster as an engine needs it. `connect` gives plain data, fit for a worker thread. */
export type EngineCluster = {
  id: string;
  uid: string;
  client: KubernetesClient;
  connect: ConnectionSource;
  connection?: Connection;
};

/** What a running piece of work gets, and how it tells what it does. */
export type RunContext = {
  run: string;
  /** Aborted when the run is canceled or Lifeboat stops; leave nothing visible behind. */
  signal: AbortSignal;
  progress: (progress: Progress) => void;
  log: (level: 'info' | 'warning' | 'error', message: string) => void;
};

export type Supported = { supported: true } | { supported: false; reason: string };

export type EngineDescription = {
  engine: 'embedded';
  version: string;
  capabilities: {
    backup: Supported;
    restore: Supported;
    export: Supported;
    verify: Supported;
    volumes: Supported;
    hooks: Supported;
  };
  /** Null when all is well; else a sentence with the way out. */
  problem: string | null;
};

/** `lifeboat/backup.json` of a backup: its whole description, enough to rebuild the database from. */
export type BackupManifest = {
  formatVersion: 1;
  id: string;
  cluster: string;
  clusterUid: string;
  serverVersion: string;
  spec: KeptSpec;
  /** ISO 8601. */
  startedAt: string;
  completedAt: string;
  state: 'completed' | 'partial';
  /** The namespaces chosen; null: the whole cluster. */
  namespaces: string[] | null;
  objects: number;
  bytes: number;
  kinds: BackedUpKind[];
  /** Per namespace (`''`: cluster-scoped). */
  perNamespace: Record<string, { objects: number; bytes: number }>;
  volumes: { namespace: string; name: string; reason: string }[];
  createdBy: string;
  run: string;
};

/** A backup as the engine finds it. `revision` is the engine's own address: the commit. */
export type FoundBackup = { manifest: BackupManifest; revision: string };

export type BackupOutcome = FoundBackup & {
  /** Bytes that this backup added to the repository. */
  bytesWritten: number;
};

/** One object of a backup. `json`: the bytes as the API server sent them, opened when they were sealed. */
export type StoredObject = { path: string; oid: string; sealed: boolean; json: Buffer };

export type ObjectFilter = {
  /** Whether the object at this path is wanted; called before anything is read. */
  wants: (path: string) => boolean;
};

export type VerifyOutcome = {
  objects: number;
  bytes: number;
  /** Objects that cannot be read back as they were, each with the sentence. */
  damaged: { path: string; reason: string }[];
  /** Other backups that hold a damaged object too. */
  alsoHit: string[];
};

export type ExportOutcome = {
  objects: number;
  bytes: number;
  leftOut: { path: string; reason: string }[];
};

/** What a plan remembers of one object: decisions, never bodies. */
export type Decision = Omit<PlannedObject, 'action'> & {
  action: PlannedAction;
  oid: string;
  apiVersion: string;
  /** The order: everything of a lower step is done before a higher one begins. */
  step: number;
  liveUid: string | null;
  liveHash: string | null;
};

export type PlanOutcome = { notes: string[]; revision: string; targetUid: string };

/** The journal of a restore: asked before an object is touched, told after it was. */
export type RestoreJournal = {
  /** What is known of the object with this number; undefined: not yet touched. */
  known: (seq: number) => { outcome: ObjectOutcome; uid: string | null } | undefined;
  /** Durable when the promise is settled; entries may be written in batches. */
  record: (entry: {
    seq: number;
    outcome: ObjectOutcome;
    message: string | null;
    uid: string | null;
  }) => Promise<void>;
};

/** What backs up and restores. What an engine cannot do, it says in `describe()`. */
export type Engine = {
  describe: () => Promise<EngineDescription>;
  /** Ends with a durable, readable backup, or throws and leaves nothing visible. */
  backup: (
    given: {
      cluster: EngineCluster;
      spec: KeptSpec;
      name: string;
      createdBy: string;
      now: number;
    },
    context: RunContext,
  ) => Promise<BackupOutcome>;
  /**
   * Takes back what a process left that died while writing; answers what that was. Throws when another
   * living process writes there, or the place takes no writes: reading works all the same.
   */
  recover: (cluster: string) => Promise<string[]>;
  /** Every backup that is there: for adoption and for rebuilding the database. */
  backups: (cluster: string) => AsyncIterable<FoundBackup | { id: string; damaged: string }>;
  /** The description of one backup. Throws `backups.unknown`, or `backups.manifest_damaged`. */
  manifest: (given: { cluster: string; backup: string }) => Promise<BackupManifest>;
  deleteBackup: (given: { cluster: string; backup: string }, context: RunContext) => Promise<void>;
  /** One level of the tree below `prefix` (`''`: the top), in bytewise order of the names. */
  listContents: (given: {
    cluster: string;
    backup: string;
    prefix: string;
    /** Only what a reader bound to these may see. */
    namespaces: readonly string[] | 'all';
  }) => Promise<ContentEntry[]>;
  /** Null when there is no such object in the backup. */
  readObject: (given: {
    cluster: string;
    backup: string;
    path: string;
  }) => Promise<StoredObject | null>;
  /** The objects of a backup in the order of their paths. */
  objects: (
    given: { cluster: string; backup: string } & ObjectFilter,
    signal?: AbortSignal,
  ) => AsyncIterable<StoredObject>;
  /** Which objects differ between two backups of one cluster, in the order of their paths. */
  diff: (given: {
    cluster: string;
    from: string;
    to: string;
    namespaces: readonly string[] | 'all';
  }) => AsyncIterable<ObjectChange>;
  /** Which objects differ from the live cluster. */
  diffLive: (
    given: { cluster: EngineCluster; from: string; namespaces: readonly string[] | 'all' },
    signal?: AbortSignal,
  ) => AsyncIterable<ObjectChange>;
  verify: (
    given: { cluster: string; backup: string },
    context: RunContext,
  ) => Promise<VerifyOutcome>;
  exportBackup: (
    given: { cluster: string; backup: string; target: ExportTarget; expiresAt: number | null },
    context: RunContext,
  ) => Promise<ExportOutcome>;
  maintain: (given: { cluster: string }, context: RunContext) => Promise<{ bytesFreed: number }>;
  /** Calls `onDecision` once per object, in the order in which a restore would go. */
  planRestore: (
    given: {
      source: string;
      target: EngineCluster;
      options: RestoreOptions;
      onDecision: (decision: Decision) => Promise<void>;
    },
    signal?: AbortSignal,
  ) => Promise<PlanOutcome>;
  /** What the plan would change in one object, computed now. */
  planDiff: (given: {
    source: string;
    target: EngineCluster;
    options: RestoreOptions;
    decision: Decision;
  }) => Promise<{ sealed: boolean; changes: Change[] }>;
  /** `decisions`: those of the plan in their order, with their numbers. */
  restore: (
    given: {
      source: string;
      target: EngineCluster;
      options: RestoreOptions;
      revision: string;
      decisions: AsyncIterable<Decision & { seq: number }>;
      total: number;
      journal: RestoreJournal;
    },
    context: RunContext,
  ) => Promise<void>;
  /** Keeps what this revision needs from being pruned, until `release`. */
  hold: (given: { cluster: string; revision: string; by: string }) => Promise<void>;
  release: (given: { cluster: string; by: string }) => Promise<void>;
  /** Ends helper processes; nothing may be asked afterwards. */
  close: () => Promise<void>;
};
