import { type Kysely, type RawBuilder, sql } from 'kysely';
import { foundation } from './migrations/0001-foundation.ts';

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

/** In order; a name never changes once it was released. */
export const migrations: readonly {
  name: string;
  up: (db: Kysely<unknown>, tools: MigrationTools) => Promise<void>;
}[] = [{ name: '0001-foundation', up: foundation }];
