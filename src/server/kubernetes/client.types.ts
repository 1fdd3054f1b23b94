/** One kind that the API server serves, in one version. */
export type ApiResource = {
  /** '' for the core group. */
  group: string;
  version: string;
  /** Lower-case plural: `deployments`. */
  plural: string;
  kind: string;
  namespaced: boolean;
  verbs: readonly string[];
  /** Sub-resources served, such as `status` and `scale`. */
  subresources: readonly string[];
};

/** `<plural>` or `<plural>.<group>`: how backups, commands and screens name a kind. */
export type ResourceName = string;

export type Discovered = {
  /** Every kind in its group's preferred version. */
  resources: readonly ApiResource[];
  /** Groups that the API server announces but could not describe (a broken aggregated API). */
  broken: readonly { group: string; version: string; reason: string }[];
};

export type Page = {
  /**
   * The body as sent: raw bytes, never parsed and printed again. Complete as far as HTTP can tell; whoever
   * scans it must still reach the end of the document.
   */
  body: Buffer;
};

export type ListOptions = {
  /** Only this namespace. */
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** Default 500. */
  limit?: number;
  continueToken?: string;
  resourceVersion?: string;
  signal?: AbortSignal;
};

export type WatchEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubernetesObject }
  /** The list is complete or was made anew: what was not seen since the last one is gone. */
  | { type: 'SYNCED'; resourceVersion: string };

/** What Lifeboat reads of any object; everything else stays as it came. */
export type KubernetesObject = {
  apiVersion?: string;
  kind?: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
};
export type ObjectMeta = {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: readonly OwnerReference[];
  finalizers?: readonly string[];
  creationTimestamp?: string;
  deletionTimestamp?: string;
  [field: string]: unknown;
};
export type OwnerReference = {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
};

/** Where one object is. `namespace` is absent for cluster-scoped kinds. */
export type ObjectAddress = { resource: ApiResource; namespace?: string; name: string };

export type WriteOptions = {
  dryRun?: boolean;
  /** `status` and the like. */
  subresource?: string;
  signal?: AbortSignal;
};

export type DeleteOptions = WriteOptions & {
  uid?: string;
  resourceVersion?: string;
  propagation?: 'Background' | 'Foreground' | 'Orphan';
};

/**
 * The API server of one cluster. Bodies are raw JSON bytes both ways. Every call retries what can be
 * retried (429 with Retry-After, 5xx and resets of reads) with back-off and jitter, then throws an
 * `ApiError`. Nothing here knows what a backup is.
 */
export type KubernetesClient = {
  /** Address of the API server, for people. */
  server: string;
  /** `gitVersion` of `/version`. */
  version: (signal?: AbortSignal) => Promise<string>;
  /** Aggregated discovery, with the older one as fallback. */
  discover: (signal?: AbortSignal) => Promise<Discovered>;
  /** One page. Throws `ApiError` 410 when the continue token has expired. */
  list: (resource: ApiResource, options: ListOptions) => Promise<Page>;
  /**
   * List, then watch, for as long as `signal` lets it. Survives 410, 429, 5xx, half-open connections,
   * stalls and expired tokens by itself; `onEvent` must only enqueue.
   */
  watch: (
    resource: ApiResource,
    options: {
      namespace?: string;
      labelSelector?: string;
      signal: AbortSignal;
      onEvent: (event: WatchEvent) => void;
      /** Told whenever the connection is lost (a sentence) and when it is back (null). */
      onTrouble?: (reason: string | null) => void;
    },
  ) => Promise<void>;
  get: (at: ObjectAddress, options?: { signal?: AbortSignal }) => Promise<Buffer>;
  create: (
    at: Omit<ObjectAddress, 'name'>,
    body: Buffer | string,
    options?: Omit<WriteOptions, 'subresource'>,
  ) => Promise<Buffer>;
  /** PUT; the body's resourceVersion is the precondition. */
  update: (at: ObjectAddress, body: Buffer | string, options?: WriteOptions) => Promise<Buffer>;
  patch: (
    at: ObjectAddress,
    patch: { type: 'merge' | 'json'; body: string },
    options?: WriteOptions,
  ) => Promise<Buffer>;
  delete: (at: ObjectAddress, options?: DeleteOptions) => Promise<void>;
  /** SelfSubjectAccessReview, or SubjectAccessReview when `user` is given. */
  mayI: (
    question: { verb: string; group: string; resource: string; namespace?: string; name?: string },
    user?: { name: string; groups: readonly string[] },
  ) => Promise<{ allowed: boolean; reason: string }>;
  /** Any other path, raw (`/readyz`, `/apis`). */
  raw: (path: string, signal?: AbortSignal) => Promise<Buffer>;
  /** The server's clock as of its last answer (`Date` header), milliseconds; null before the first. */
  serverTime: () => number | null;
  close: () => Promise<void>;
};
