import process from 'node:process';
import type { Config } from '../platform/config/config.ts';
import { checkFolder, guardFolder } from '../platform/guard-folder.ts';
import { guardPostgres } from '../platform/guard-postgres.ts';
import type { Log } from '../platform/log.ts';
import { readTls } from './listen.ts';
import { answerMeanwhile } from './stand-by.ts';

type Needs = {
  config: Config;
  log: Log;
  /** Ends the waiting of a process that stands by. */
  signal: AbortSignal;
  onStop: (release: () => Promise<unknown>) => void;
};

/** How long the folder of the process before may stay locked after its lock on PostgreSQL is free. */
const patience = 10_000;

/**
 * Makes this the one process that works on its data. With PostgreSQL its lock comes first and is waited
 * for: whoever stands by shares the data folder, and must not be refused because of it. What is wrong
 * with the folder itself is said before that, not at the first failover.
 */
export async function takeLocks({ config, log, signal, onStop }: Needs): Promise<void> {
  const { data, databaseUrl: url } = config;
  await checkFolder(data);
  if (!url) return onStop((await guardFolder(data)).release);
  const place = { ...config, tls: await readTls(config) };
  await answerMeanwhile(place, signal, async (until) => {
    onStop((await guardPostgres({ url, signal: until, onLost: () => leave(log) })).release);
    onStop((await guardFolder(data, { patience })).release);
  });
}

function leave(log: Log): void {
  log.error({}, 'the lock on the database is lost; another process may work already');
  process.exit(1); // anything still written here could contradict that one
}
