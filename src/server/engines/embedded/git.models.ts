/** A path as git takes it on a line: C-quoted when it holds a quote, a backslash or a control sign. */
export function quotePath(path: string): string {
  if (!/["\\\p{Cc}]/u.test(path)) return path;
  return `"${path.replaceAll(/["\\\p{Cc}]/gu, escape)}"`;
}

function escape(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return [...Buffer.from(character)]
    .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
    .join('');
}

/** Takes a path back to what it was; one that is not quoted is as it is. */
export function unquotePath(text: string): string {
  if (!text.startsWith('"') || !text.endsWith('"') || text.length < 2) return text;
  const bytes: Buffer[] = [];
  const part = /\\([0-7]{3})|\\(.)|([^\\]+)/gsu;
  for (const [, octal, letter, plain] of text.slice(1, -1).matchAll(part)) {
    if (octal !== undefined) bytes.push(Buffer.from([Number.parseInt(octal, 8) & 255]));
    else bytes.push(Buffer.from(plain ?? letters[letter ?? ''] ?? letter ?? ''));
  }
  return Buffer.concat(bytes).toString();
}

const letters: Record<string, string> = { n: '\n', t: '\t', r: '\r' };

export type TreeEntry = { name: string; oid: string; isTree: boolean };

/** A tree object as git stores it: `<mode> <name>\0<20 bytes>`, again and again. */
export function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const end = content.indexOf(0, space);
    if (space < 0 || end < 0 || end + 21 > content.length) throw new Error('not a tree');
    entries.push({
      name: content.toString('utf8', space + 1, end),
      oid: content.toString('hex', end + 1, end + 21),
      isTree: content.toString('latin1', at, space) === '40000',
    });
    at = end + 21;
  }
  return entries;
}

export type TreeChange = {
  change: 'added' | 'removed' | 'changed';
  path: string;
  before: string;
  after: string;
};

/** One line of `diff-tree -r -z`: `:100644 100644 <oid> <oid> M`, then the path. */
export function parseChange(line: string, path: string): TreeChange {
  const [, , before = '', after = '', letter] = line.split(' ');
  const change = letter === 'A' ? 'added' : letter === 'D' ? 'removed' : 'changed';
  return { change, path, before, after };
}

export const isObjectId = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);
export const noObject = '0'.repeat(40);
