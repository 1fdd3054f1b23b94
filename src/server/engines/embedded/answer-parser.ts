export type GitObject = { oid: string; type: string; size: number; content: Buffer };

/**
 * Cuts what `git cat-file --batch` prints: `<oid> <type> <size>\n<bytes>\n`, or `<asked> missing\n`.
 * With `--batch-check` the bytes are left out.
 */
export function createAnswerParser(
  withContent: boolean,
  onAnswer: (answer: GitObject | null) => void,
): (part: Buffer) => void {
  let parts: Buffer[] = [];
  let held = 0;
  let needed = 0;
  let head: Omit<GitObject, 'content'> | undefined;

  const takeContent = (bytes: Buffer): Buffer | null => {
    if (!head) return bytes;
    if (bytes.length < head.size + 1) return null;
    const answer = { ...head, content: bytes.subarray(0, head.size) };
    head = undefined;
    onAnswer(answer);
    return bytes.subarray(answer.size + 1);
  };
  const takeHead = (bytes: Buffer): Buffer | null => {
    const end = bytes.indexOf(0x0a);
    if (end < 0) return null;
    const [oid = '', type = '', size] = bytes.toString('utf8', 0, end).split(' ');
    if (size === undefined) onAnswer(null);
    else if (withContent) head = { oid, type, size: Number(size) };
    else onAnswer({ oid, type, size: Number(size), content: empty });
    return bytes.subarray(end + 1);
  };
  return (part) => {
    parts.push(part);
    held += part.length;
    if (held < needed) return;
    let rest = parts.length === 1 ? part : Buffer.concat(parts);
    for (let next: Buffer | null = rest; next;) {
      rest = next;
      const body = takeContent(rest);
      rest = body ?? rest;
      next = body && takeHead(body);
    }
    parts = rest.length > 0 ? [rest] : [];
    held = rest.length;
    needed = head ? head.size + 1 : 0;
  };
}

const empty = Buffer.alloc(0);
