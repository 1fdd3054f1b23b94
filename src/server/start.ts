import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { type App, createApp } from './app.ts';
import { recover } from './app/recover.ts';
import { startRetention, startTidying } from './app/tidy.ts';
import { createEmbeddedEngine, keysInUse } from './engines/embedded/embedded-engine.ts';
import { requireGit } from './engines/embedded/git.ts';
import { systemClock } from './platform/clock.ts';
import { type Config, readConfig } from './platform/config/config.ts';
import { type Db, openDatabase } from './platform/database/database.ts';
import { makeFolder } from './platform/folders.ts';
import { cookieJar } from './platform/http/cookies.models.ts';
import { openKeyring } from './platform/keyring.ts';
import { createLog, type Log } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { openReserve } from './platform/reserve.ts';
import { lookAtAll } from './start/first-look.ts';
import { findClusters } from './start/given-clusters.ts';
import { baseUrl, listen, readTls } from './start/listen.ts';
import { readInstance } from './start/instance.repository.ts';
import { takeLocks } from './start/locks.ts';
import { serveWebPage } from './start/web-page.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Closing = () => Promise<unknown>;

export type Started = {
  /** Where people open Lifeboat. */
  url: string;
  /** Single-use sign-in link of the local administrator. */
  link: string;
  clusters: readonly { name: string; kind: string }[];
  app: App;
  /** Orderly: runs end or are made to, then everything closes. */
  stop: () => Promise<void>;
};

const fromSource = import.meta.url.endsWith('.ts');
const captureWorker = new URL(
  fromSource ? './engines/embedded/capture.worker.ts' : './capture.worker.js',
  import.meta.url,
);
const webFolder = fileURLToPath(new URL(fromSource ? '../../dist/web' : '../web', import.meta.url));
const stopBound = 20_000;

type Given = {
  config: Config;
  env: Env;
  log: Log;
  /** Ends the start in order, also while this process stands by; its reason is thrown. */
  signal?: AbortSignal;
};

/**
 * Starts everything, in the order in which it may fail without having touched anything: git, locks and
 * data folder, keys, database, clusters, address. Throws a `ProblemError` that says what is wrong.
 */
export async function startServer({ signal = new AbortController().signal, ...given }: Given) {
  const closings: Closing[] = [];
  try {
    return await open({ ...given, signal, closings });
  } catch (error) {
    await closeAll(closings, given.log);
    throw error;
  }
}

type Opening = Required<Given> & { closings: Closing[] };

async function open({ config, env, log, signal, closings }: Opening): Promise<Started> {
  const onStop = (close: Closing) => closings.unshift(close);
  let state: string | null = 'it is starting.';
  let port = config.port;
  const ground = await openGround({ config, log, signal, onStop });
  signal.throwIfAborted();
  const { clusters, close } = await findClusters(config, env);
  onStop(close);
  const url = () => baseUrl(config, port);
  const app = await createApp({
    ...ground,
    log,
    metrics: createMetrics(),
    exportRoot: config.exportRoot,
    data: config.data,
    version: packageJson.version,
    cookie: cookieJar({ secure: isSecure(config), instance: ground.instance }),
    http: await httpOptions(config),
    baseUrl: url,
    notReadyBecause: () => state,
  });
  onStop(() => app.features.registry.close());
  onStop(() => app.features.runner.stop(stopBound));
  await recover(app.features, { clusters, repositories: await repositoriesIn(config.data) });
  await app.idempotency.settleAbandoned();
  signal.throwIfAborted();
  await serveWebPage(app.app, webFolder);
  port = await listen(app.app, config);
  onStop(() => app.app.close());
  const socket = await app.listenOnSocket(join(config.data, 'server.sock'));
  onStop(socket.close);
  onStop(async () => app.hub.close());
  app.features.runner.start();
  app.features.scheduler.start();
  onStop(app.features.scheduler.stop);
  lookAtAll(app.features.registry, log);
  onStop(startTidying(app.features).stop);
  onStop(startRetention(app.features).stop);
  state = null;
  const link = await app.access.link();
  const stop = async () => {
    state = 'it is stopping.';
    await closeAll(closings, log);
  };
  return { url: url(), link: link.url, clusters, app, stop };
}

/** Git, data folder, keys, database and engine: what everything stands on. */
async function openGround(given: Parameters<typeof takeLocks>[0]) {
  const { config, log, onStop } = given;
  await requireGit();
  await takeLocks(given);
  const reserve = await openReserve({ folder: config.data, log });
  onStop(reserve.close);
  await makeFolder(join(config.data, 'repositories'));
  const clock = systemClock;
  const keyring = await openKeyring({
    folder: join(config.data, 'keys'),
    keyFile: config.encryptionKeyFile,
    inUse: await keysInUse(config.data, log),
  });
  const { db, close } = await openDatabase({ url: databaseUrl(config), clock });
  onStop(close);
  const engine = createEmbeddedEngine({
    data: config.data,
    keyring,
    captureWorker,
    clock,
    log,
    exportRoot: config.exportRoot ?? null,
  });
  onStop(engine.close);
  return { db, clock, keyring, engine, reserve, instance: await instanceOf(db) };
}

const databaseUrl = ({ databaseUrl: url, data }: Config) => url ?? join(data, 'lifeboat.db');

/** Distinguishes installations on one machine, for the name of the cookie. */
const instanceOf = (db: Db): Promise<string> =>
  readInstance(db, () => randomBytes(4).toString('hex'));

const isSecure = ({ tlsCert, trustedProxy }: Config): boolean =>
  tlsCert !== undefined || (trustedProxy?.length ?? 0) > 0;

async function httpOptions(config: Config) {
  const tls = await readTls(config);
  const { publicUrl, host, trustedProxy } = config;
  return {
    secure: isSecure(config),
    allowedHosts: [host, ...(publicUrl ? [new URL(publicUrl).hostname] : [])],
    trustedProxies: trustedProxy ?? [],
    ...(tls ? { tls } : {}),
  };
}

async function repositoriesIn(data: string): Promise<string[]> {
  const names = await readdir(join(data, 'repositories'));
  return names.flatMap((name) =>
    /^[a-z0-9][a-z0-9.-]*\.git$/.test(name) ? [name.slice(0, -4)] : [],
  );
}

async function closeAll(closings: Closing[], log: Log): Promise<void> {
  for (const close of closings.splice(0))
    await close().catch((error: unknown) => log.error({ err: error }, 'could not be closed'));
}

/** Inside the development server of the page: same settings, from the environment alone. */
export async function startForDevelopment() {
  const config = readConfig({ argv: ['--port', '0'], env: process.env });
  const log = createLog({ level: config.logLevel });
  const { app, link } = await startServer({ config, env: process.env, log });
  log.info({ link }, 'sign in');
  return app.app;
}
