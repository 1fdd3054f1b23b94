import type { Kysely } from 'kysely';
import type { MigrationTools } from './dialects.ts';

type Column = 'text' | 'text?' | 'integer' | 'integer?';
type Definition = {
  columns: Record<string, Column>;
  primaryKey?: readonly string[];
  unique?: readonly string[];
};
type Create = (db: Kysely<unknown>, tools: MigrationTools) => Promise<void>;

/** A table as data: both databases get the same one. */
export function table(name: string, { columns, primaryKey, unique }: Definition): Create {
  return async (db, { text, integer }) => {
    let builder = db.schema.createTable(name);
    for (const [column, kind] of Object.entries(columns)) {
      const type = kind.startsWith('text') ? text : integer;
      builder = builder.addColumn(column, type, (c) => {
        return kind.endsWith('?') ? c : c.notNull();
      });
    }
    if (primaryKey)
      builder = builder.addPrimaryKeyConstraint(`${name}_pk`, [...primaryKey] as never);
    if (unique) builder = builder.addUniqueConstraint(`${name}_unique`, [...unique] as never);
    await builder.execute();
  };
}

export function index(name: string, on: string, columns: readonly string[]): Create {
  return async (db) => {
    await db.schema
      .createIndex(name)
      .on(on)
      .columns([...columns])
      .execute();
  };
}

/**
 * A new column of a table that has rows: without a question mark they get `value`, with one they have
 * nothing in it.
 */
export function column(
  on: string,
  name: string,
  type: { kind: 'text?' | 'integer?' } | { kind: 'text' | 'integer'; value: string | number },
): Create {
  return async (db, { text, integer }) => {
    await db.schema
      .alterTable(on)
      .addColumn(name, type.kind.startsWith('text') ? text : integer, (c) =>
        'value' in type ? c.notNull().defaultTo(type.value) : c,
      )
      .execute();
  };
}
