import { sessionApi, tokensApi, usersApi } from '../access/access.contract.ts';
import { auditApi } from '../audit/audit.contract.ts';
import { backupsApi, maintenanceApi } from '../backups/backups.contract.ts';
import { clustersApi } from '../clusters/clusters.contract.ts';
import { coverageApi } from '../coverage/coverage.contract.ts';
import { healthApi } from '../health/health.contract.ts';
import { liveApi } from '../live/live.contract.ts';
import { overviewApi } from '../overview/overview.contract.ts';
import { restoresApi } from '../restores/restores.contract.ts';
import { runsApi } from '../runs/runs.contract.ts';
import { blackoutsApi, queueApi } from '../schedules/queue.contract.ts';
import { schedulesApi } from '../schedules/schedules.contract.ts';
import type { Endpoint } from './endpoint.ts';

/** Every endpoint there is: routes, client, commands, OpenAPI and the rights test come from it. */
export const api = {
  session: sessionApi,
  users: usersApi,
  tokens: tokensApi,
  audit: auditApi,
  clusters: clustersApi,
  overview: overviewApi,
  coverage: coverageApi,
  backups: backupsApi,
  maintenance: maintenanceApi,
  schedules: schedulesApi,
  blackouts: blackoutsApi,
  queue: queueApi,
  runs: runsApi,
  restores: restoresApi,
  health: healthApi,
  live: liveApi,
} as const;

export const endpoints: readonly Endpoint[] = Object.values(api).flatMap(
  (feature) => Object.values(feature) as Endpoint[],
);
