import { type RawBuilder, sql } from 'kysely';

export type Dialect = 'sqlite' | 'postgres';

/** Column types under which both databases behave alike. */
export type MigrationTools = {
  dialect: Dialect;
  /** Compared bytewise. */
  text: RawBuilder<unknown>;
  /** 64 bit. */
  integer: RawBuilder<unknown>;
};

export const toolsFor = (dialect: Dialect): MigrationTools =>
  dialect === 'sqlite'
    ? {
        dialect,
        text: sql`text`,
        integer: sql`integer`,
      }
    : {
        dialect,
        text: sql`text collate "C"`,
        integer: sql`bigint`,
      };
