import {
  type KyselyPlugin,
  OperationNodeTransformer,
  type PrimitiveValueListNode,
  type UnknownRow,
  type ValueNode,
} from 'kysely';

/**
 * PostgreSQL cannot hold NUL in text, hostile names can. Both databases store it as a private-use
 * character and a letter, so that they stay alike to the byte.
 */
const mark = '\u{E000}';
const unusual = new RegExp(`[\0${mark}]`, 'g');
const marked = new RegExp(`${mark}([0E])`, 'g');

export const escapeText = (text: string): string =>
  text.replace(unusual, (found) => mark + (found === mark ? 'E' : '0'));

export const unescapeText = (text: string): string =>
  text.includes(mark) ? text.replace(marked, (_, code) => (code === '0' ? '\0' : mark)) : text;

const escapeValue = (value: unknown): unknown =>
  typeof value === 'string' ? escapeText(value) : value;

/** SQLite hands out integers as bigint, so that one which a double cannot hold is seen, not rounded. */
function fromDatabase(value: unknown): unknown {
  if (typeof value === 'string') return unescapeText(value);
  if (typeof value !== 'bigint') return value;
  if (!Number.isSafeInteger(Number(value))) throw new RangeError(`${value} is not a safe integer`);
  return Number(value);
}

class EscapingTransformer extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    return { ...node, value: escapeValue(node.value) };
  }

  protected override transformPrimitiveValueList(
    node: PrimitiveValueListNode,
  ): PrimitiveValueListNode {
    return { ...node, values: node.values.map(escapeValue) };
  }
}

/** Escapes every text on its way in and out, and refuses integers that would be rounded. */
export function valuesPlugin(): KyselyPlugin {
  const transformer = new EscapingTransformer();
  return {
    transformQuery: ({ node }) => transformer.transformNode(node),
    transformResult: async ({ result }) => ({ ...result, rows: result.rows.map(readRow) }),
  };
}

function readRow(row: UnknownRow): UnknownRow {
  for (const column in row) row[column] = fromDatabase(row[column]);
  return row;
}
