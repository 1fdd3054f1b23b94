/**
 * Both databases have the same tables. Instants are integer milliseconds since 1970, booleans 0 or 1,
 * JSON is text (`…Json`), text is compared bytewise.
 */
export type Tables = {
  /** One row per key: `instance`, `started_version`, … */
  meta: { key: string; value: string };
  cluster: {
    id: string;
    name: string;
    source: string;
    /** The kubeconfig of clusters added through the API, sealed; null for the others. */
    credentials: string | null;
    /** The pinned uid of kube-system. */
    uid: string | null;
    added_at: number;
    removed_at: number | null;
  };
  backup: {
    cluster: string;
    id: string;
    engine: string;
    state: string;
    type: string;
    started_at: number;
    completed_at: number;
    expires_at: number | null;
    /** JSON list; null: the whole cluster. */
    namespaces: string | null;
    objects: number;
    bytes: number;
    kinds_not_read: number;
    volumes: number;
    spec_json: string;
    server_version: string;
    /** The engine's own address of it: the commit. */
    revision: string;
    verified_at: number | null;
    /** The schedule that made it, which decides how long it is kept. */
    schedule: string | null;
  };
  /** What a backup holds per namespace (`''`: cluster-scoped): narrowed answers and counts. */
  backup_namespace: {
    cluster: string;
    backup: string;
    namespace: string;
    objects: number;
    bytes: number;
    volumes: number;
  };
  pin: { cluster: string; backup: string; note: string; until: number | null };
  run: {
    id: string;
    cluster: string;
    kind: string;
    state: string;
    reason: string | null;
    backup: string | null;
    plan: string | null;
    /** JSON list of the namespaces it touches; null: the whole cluster. */
    namespaces: string | null;
    spec_json: string;
    created_by: string;
    created_at: number;
    started_at: number | null;
    finished_at: number | null;
    progress_json: string;
    problem_json: string | null;
    result_json: string | null;
    cancel_requested: number;
    /** Grows with each claim: what an older holder writes is refused. */
    fence: number;
    priority: string;
    /** Place within its priority, lowest first: when the restore point it makes is needed, or was asked for. */
    rank: number;
    schedule: string | null;
    slot_at: number | null;
  };
  schedule: {
    cluster: string;
    name: string;
    version: number;
    spec_json: string;
    /** JSON list of the namespaces it names; null: the whole cluster. */
    namespaces: string | null;
    pause_json: string | null;
    /** The time picked in its window: minutes after its beginning, and why. */
    minutes_in: number;
    picked_why: string | null;
    /** The newest slot of which was decided, or since when its timetable counts. */
    handled_at: number;
    /** Of its last comparable runs; 0 runs: nothing is known. */
    p50: number;
    p90: number;
    p99: number;
    runs: number;
    created_by: string;
    created_at: number;
    changed_at: number;
  };
  /** What became of a planned fire time. That its row is inserted is the decision. */
  slot: {
    cluster: string;
    schedule: string;
    at: number;
    state: string;
    reason: string | null;
    decided_at: number;
    run: string | null;
  };
  /** Times in which no scheduled run begins: one row per cluster. */
  blackout: { cluster: string; spec_json: string };
  run_log: { run: string; seq: number; at: number; level: string; message: string };
  plan: {
    id: string;
    cluster: string;
    source: string;
    backup: string;
    revision: string;
    created_by: string;
    created_at: number;
    expires_at: number;
    target_uid: string;
    /** JSON list of target namespaces; null: cluster-scoped objects are in it too. */
    namespaces: string | null;
    options_json: string;
    counts_json: string;
    notes_json: string;
    run: string | null;
  };
  plan_object: {
    plan: string;
    seq: number;
    path: string;
    /** The blob in the repository. */
    oid: string;
    resource: string;
    kind: string;
    api_version: string;
    namespace: string | null;
    name: string;
    action: string;
    reason: string | null;
    checked: string;
    also_needed: number;
    /** Step of the order: lower steps are finished before higher ones begin. */
    step: number;
    live_uid: string | null;
    live_hash: string | null;
  };
  /** The journal of a restore: what became of each planned object. */
  restore_object: {
    run: string;
    seq: number;
    outcome: string;
    message: string | null;
    uid: string | null;
    at: number;
  };
  user: {
    name: string;
    password_hash: string;
    bindings_json: string;
    disabled: number;
    created_at: number;
    last_seen_at: number | null;
  };
  session: {
    /** SHA-256 of the cookie's value. */
    hash: string;
    user: string;
    by: string;
    created_at: number;
    seen_at: number;
    expires_at: number;
  };
  sign_in_link: { hash: string; expires_at: number };
  sign_in_failure: { user: string; at: number };
  token: {
    id: string;
    hash: string;
    name: string;
    created_by: string;
    bindings_json: string;
    created_at: number;
    expires_at: number;
    last_used_at: number | null;
    revoked_at: number | null;
  };
  audit: {
    /** Chosen by the writer: each follows the one before without a gap. */
    seq: number;
    at: number;
    actor: string;
    action: string;
    cluster: string | null;
    target_json: string;
    outcome: string;
    code: string | null;
    previous: string;
    hash: string;
  };
  idempotency: {
    actor: string;
    key: string;
    /** Hash of method, path and body: the same key with another request is refused. */
    request: string;
    /** Null while the first one is still running. */
    status: number | null;
    response_json: string | null;
    at: number;
  };
};
