/**
 * JSON with line breaks, without reading its numbers: 64-bit integers stay what they are. So long a
 * text is drawn by the browser at once; a longer one stays as it is.
 */
const longest = 3_000_000;

export function indented(json: string): string {
  if (json.length > longest) return json;
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  const pieces = json.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g) ?? [];
  return pieces
    .map((piece, index) => {
      const next = pieces[index + 1];
      switch (piece) {
        case '{':
        case '[':
          if (next === '}' || next === ']') return piece;
          depth += 1;
          return piece + line();
        case '}':
        case ']':
          if (pieces[index - 1] === '{' || pieces[index - 1] === '[') return piece;
          depth -= 1;
          return line() + piece;
        case ',':
          return piece + line();
        case ':':
          return ': ';
        default:
          return piece.includes(String.raw`\u`) ? readable(piece) : piece;
      }
    })
    .join('');
}

/** The API server writes `<`, `>` and `&` as escapes, which nobody reads. */
const readable = (text: string): string => JSON.stringify(JSON.parse(text));
