/**
 * Seals what must not be readable at rest. `identity` is bound to the content (associated data): what
 * was sealed for one place cannot be opened as another. The same identity and content give the same
 * bytes, so an unchanged Secret is an unchanged blob.
 */
export type Keyring = {
  /** Begins with `LBS1`, key id, nonce. */
  seal: (identity: string, content: Buffer) => Buffer;
  /** Throws a `ProblemError` that names the missing key, or says that the content was altered. */
  open: (identity: string, sealed: Buffer) => Buffer;
  /** For worker threads: plain data from which the same keyring can be built there. */
  keys: readonly { id: string; key: Uint8Array }[];
};
