/** Prints an object that is only described, so that a large estate needs no memory for its bodies. */
export type Printer = { print: (key: string, revision: number) => string };

/** One object in one revision. */
export type Stored = {
  /** `namespace/name`, or the name alone for cluster-scoped kinds. */
  readonly key: string;
  readonly revision: number;
  /** JSON as kept: without `kind` and `apiVersion` for built-in kinds. */
  readonly body: string | Printer;
};

export type Change = {
  revision: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  bucket: string;
  before?: Stored;
  /** As it is now; of a deleted object its last state under the revision of its deletion. */
  after: Stored;
};

export const textOf = ({ key, revision, body }: Stored): string =>
  typeof body === 'string' ? body : body.print(key, revision);

export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, Math.max(slash, 0)), name: key.slice(slash + 1) };
}

export const keyOf = (namespace: string, name: string) =>
  namespace ? `${namespace}/${name}` : name;
