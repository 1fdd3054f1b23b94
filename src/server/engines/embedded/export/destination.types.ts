/** Where an export goes. Nothing of it can be seen by Velero before `publish` has ended. */
export type Destination = {
  write: (file: string, body: AsyncIterable<Uint8Array>) => Promise<void>;
  /** Durable and visible when the promise is fulfilled; `file` is what Velero looks for. */
  publish: (file: string, body: Buffer) => Promise<void>;
  /** Removes what was written, as far as the target still answers. Never throws. */
  discard: () => Promise<void>;
};
