const longest = 63;

/**
 * The id of a cluster from its context's name: `[a-z0-9.-]`, alphanumeric first and last, at most 63
 * characters, unlike all `taken`. It is part of paths, addresses and git references, so dots come singly.
 */
export function clusterId(contextName: string, taken: ReadonlySet<string>): string {
  const reduced = contextName
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, '-')
    .replaceAll(/[.-]+/g, (marks) => (marks.includes('.') ? '.' : '-'))
    .replace(/^[.-]+/, '');
  const name = cut(reduced, longest) || 'cluster';
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `-${number}`;
    const id = `${cut(name, longest - suffix.length)}${suffix}`;
    if (!taken.has(id)) return id;
  }
}

const cut = (name: string, length: number) => name.slice(0, length).replace(/[.-]+$/, '');
