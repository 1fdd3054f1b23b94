import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createRegistry } from './api/registry.ts';
import { startControllers } from './controllers/manager.ts';
import { fillEstate } from './estate/estate.ts';
import type { Estate } from './estate/estate.ts';
import { createFaults } from './faults/faults.ts';
import type { FaultKnobs, FaultRule } from './faults/faults.types.ts';
import { watchPages } from './faults/pages.ts';
import { createApiServer } from './http/server.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import { createRandom } from './random.models.ts';
import { type Store, createStore } from './store/store.ts';
import type { Clock, World } from './world.types.ts';

export type SandboxOptions = {
  /** Default: one that is free. */
  port?: number;
  /** Default `demo`. */
  estate?: Estate;
  /** The estate changes a little all the time. */
  churn?: boolean;
  /** In force from the start; more can be added later. */
  faults?: readonly FaultRule[];
  clock?: Clock;
  seed?: number;
  /** Milliseconds between bookmarks; the real server takes about a minute. */
  bookmarkMs?: number;
};

export type Sandbox = {
  /** `http://127.0.0.1:port`. */
  server: string;
  /** The one that is valid now: a fault can make it expire. */
  token: string;
  /** YAML text, with the token that is valid now. */
  kubeconfig: string;
  faults: FaultKnobs;
  store: Store;
  close: () => Promise<void>;
};

/** Starts an in-memory API server on the loopback interface, with an estate to look at. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = createWorld(options);
  const churn = fillEstate(world, options.estate ?? 'demo', options.churn ?? false);
  const stopControllers = startControllers(world);
  const http = createApiServer({ world, seen: watchPages(world) });
  http.listen(options.port ?? 0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const server = `http://127.0.0.1:${port}`;
  return {
    server,
    get token() {
      return world.faults.token();
    },
    get kubeconfig() {
      return kubeconfigFor(server, world.faults.token());
    },
    faults: world.faults.knobs,
    store: world.store,
    close: async () => {
      churn.stop();
      stopControllers();
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

function createWorld(options: SandboxOptions): World {
  const random = createRandom(options.seed ?? 7);
  const [store, registry] = [createStore(), createRegistry()];
  const faults = createFaults({ random: createRandom(options.seed ?? 7), store, registry });
  for (const rule of options.faults ?? []) faults.knobs.add(rule);
  const clock = options.clock ?? (() => Temporal.Now.instant());
  return { store, registry, faults, clock, random, bookmarkMs: options.bookmarkMs ?? 60_000 };
}
