import type { MessagePort } from 'node:worker_threads';
import type { KeptSpec } from '#shared/backups/backups.contract.ts';
import type { Problem } from '#shared/http/problem.ts';
import type { Progress } from '#shared/runs/runs.contract.ts';
import type { KubernetesClient } from '../../kubernetes/client.types.ts';
import type { Connection } from '../../kubernetes/connection.types.ts';
import type { BackupManifest } from '../engine.ts';

/** What a capture is given: plain data, it crosses into a thread. */
export type CaptureOrder = {
  /** The repository that is written to. */
  gitDir: string;
  /** The repository whose last capture is reused; null: everything is written anew. */
  reuseFrom: string | null;
  ref: string;
  run: string;
  name: string;
  cluster: string;
  clusterUid: string;
  spec: KeptSpec;
  createdBy: string;
  /** Milliseconds since 1970. */
  now: number;
  /** Patterns of kinds that are sealed besides Secrets. */
  sealedKinds: readonly string[];
  noise: readonly string[];
};

/** The part of the client that a capture needs. */
export type CaptureClient = Pick<KubernetesClient, 'version' | 'discover' | 'list' | 'get'>;

export type CaptureReport = {
  progress: (progress: Progress) => void;
  log: (level: 'info' | 'warning' | 'error', message: string) => void;
};

export type ThreadData = CaptureOrder & {
  server: string;
  /** Where the import is served. */
  importPort: MessagePort;
  keys: readonly { id: string; key: Uint8Array }[];
};

export type FromThread =
  | { type: 'progress'; progress: Progress }
  | { type: 'log'; level: 'info' | 'warning' | 'error'; message: string }
  | { type: 'connect'; id: number }
  | { type: 'done'; manifest: BackupManifest }
  | { type: 'failed'; problem: Problem; stack: string };

export type ToThread =
  | { type: 'abort' }
  | { type: 'connection'; id: number; connection: Connection }
  | { type: 'refused'; id: number; reason: string };
