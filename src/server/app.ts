import { randomBytes } from 'node:crypto';
import { endpoints } from '#shared/http/api.ts';
import { composeFeatures } from './app/features.ts';
import type { Foundation } from './app/foundation.types.ts';
import { type Access, createAccess } from './features/access/access.ts';
import { registerAccess } from './features/access/access.routes.ts';
import { createAuditRepository } from './features/audit/audit.repository.ts';
import { registerAudit } from './features/audit/audit.routes.ts';
import { createAudit } from './features/audit/audit.usecases.ts';
import { registerBackups } from './features/backups/backups.routes.ts';
import { registerClusters } from './features/clusters/clusters.routes.ts';
import { registerCoverage } from './features/coverage/coverage.routes.ts';
import { registerHealth } from './features/health/health.routes.ts';
import { registerLive } from './features/live/live.routes.ts';
import { registerMaintenance } from './features/maintenance/maintenance.routes.ts';
import { registerOverview } from './features/overview/overview.routes.ts';
import { registerRestores } from './features/restores/restores.routes.ts';
import { registerRuns } from './features/runs/runs.routes.ts';
import { registerSchedules } from './features/schedules/schedules.routes.ts';
import { registerApiDocument } from './platform/http/api-document.ts';
import type { CookieJar } from './platform/http/cookies.models.ts';
import { createHandleEvents } from './platform/http/events.ts';
import { createHandle, type Gate } from './platform/http/handle.ts';
import { createHttp, type HttpOptions } from './platform/http/http.ts';
import { createIdempotency } from './platform/http/idempotency.ts';
import { createLiveHub } from './platform/http/live-hub.ts';

export type AppNeeds = Omit<Foundation, 'publish' | 'audit'> & {
  version: string;
  cookie: CookieJar;
  reserve: Gate['reserve'];
  http: Omit<HttpOptions, 'log' | 'cookie'>;
  /** Where people open Lifeboat in their browser, without a slash at the end. */
  baseUrl: () => string;
  notReadyBecause: () => string | null;
};
export type App = Awaited<ReturnType<typeof createApp>>;

/** The composition root: the one place that knows every feature. Nothing listens or runs yet. */
export async function createApp(needs: AppNeeds) {
  const { db, clock, log, metrics, cookie, reserve } = needs;
  const http = await createHttp({ ...needs.http, log, cookie });
  const hub = createLiveHub({ log, epoch: randomBytes(6).toString('hex') });
  const entries = createAuditRepository(db);
  const audit = createAudit({ entries, clock });
  const features = composeFeatures({ ...needs, audit, publish: hub.publish });
  const access = createAccess({ ...needs, isLocal: http.isLocal });
  const idempotency = createIdempotency({ db, clock });
  const lookup = {
    namespacesOfBackup: features.backups.namespacesOf,
    namespacesOfRun: async (cluster: string, id: string) => {
      const stored = await features.runs.find(id);
      return stored?.run.cluster === cluster ? stored.namespaces : 'all';
    },
    namespacesOfSchedule: features.namespacesOfSchedule,
    namespacesKeptBy: features.namespacesKeptBy,
    namespacesOfPlan: async (cluster: string, id: string) => {
      const stored = await features.plans.find(id);
      return stored?.plan.cluster === cluster ? stored.namespaces : 'all';
    },
  } satisfies Gate['lookup'];
  const { identify } = access;
  const gate: Gate = { identify, audit, lookup, idempotency, cookie, reserve, log };
  const app = { ...http, features, access, hub, idempotency };
  http.app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    const labels = { method, route: routeOptions.url ?? 'none', status: String(reply.statusCode) };
    metrics.requests.observe(labels, reply.elapsedTime / 1000);
  });
  mount({ ...app, gate, entries }, needs);
  return app;
}

type Mounted = Awaited<ReturnType<typeof createHttp>> & {
  features: ReturnType<typeof composeFeatures>;
  access: Access;
  hub: ReturnType<typeof createLiveHub>;
  gate: Gate;
  entries: ReturnType<typeof createAuditRepository>;
};

function mount({ app, features, access, hub, gate, entries }: Mounted, needs: AppNeeds): void {
  const handle = createHandle(app, gate);
  registerAccess(handle, access.needs);
  registerAudit(handle, { entries });
  registerClusters(handle, features);
  registerBackups(handle, features);
  registerMaintenance(handle, features);
  registerRuns(handle, features);
  registerSchedules(handle, features);
  registerRestores(handle, features);
  registerCoverage(handle, features);
  registerOverview(handle, { ...features, ...features.overview, ...features.ofOverview });
  registerHealth(handle, {
    ...needs,
    ...features,
    clockDoubt: features.clockGuard.doubt,
    confirmClock: features.clockGuard.confirm,
    metrics: needs.metrics.text,
  });
  registerLive(createHandleEvents(app, gate), { hub });
  registerApiDocument(app, { gate, endpoints, version: needs.version });
}
