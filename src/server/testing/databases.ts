import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, inject } from 'vitest';
import type { Clock } from '../platform/clock.ts';
import { type OpenDatabase, openDatabase } from '../platform/database/database.ts';

/** Where a new, empty database is, and how it goes away again. */
type Place = { url: string; remove: () => Promise<void> };

export const testClock: Clock = () => Temporal.Instant.from('2026-11-23T12:00:00Z');

/** Runs the same tests on a new SQLite file and on a new PostgreSQL database for each of them. */
export function eachDatabase(title: string, tests: (use: () => OpenDatabase) => void): void {
  describe.each([
    ['SQLite', newSqlite],
    ['PostgreSQL', newPostgres],
  ])(`${title} on %s`, (_, newPlace) => {
    let place: Place;
    let open: OpenDatabase;
    beforeEach(async () => {
      place = await newPlace();
      open = await openDatabase({ url: place.url, clock: testClock });
    });
    afterEach(async () => {
      await open.close();
      await place.remove();
    });
    tests(() => open);
  });
}

export async function newSqlite(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-sqlite-'));
  return {
    url: join(folder, 'lifeboat.db'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function newPostgres(): Promise<Place> {
  const server = inject('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => onServer(server, `drop database ${name} with (force)`) };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
