import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import * as z from 'zod/mini';
import { searchParam } from '../lib/search-params.models.ts';
import { ClusterGate } from './frame/cluster-gate.tsx';
import { Frame } from './frame/frame.tsx';
import { NotFound } from './frame/not-found.tsx';
import { RouteError } from './frame/route-error.tsx';
import { backupSearch } from '../features/backups/backup-search.models.ts';
import { backupsFilter } from '../features/backups/backups-filter.models.ts';
import { coverageFilter } from '../features/coverage/coverage-filter.models.ts';
import { schedulesFilter } from '../features/schedules/schedules-filter.models.ts';
import { restoreSearch } from '../features/restores/restore-search.models.ts';
import { settingsRoutes } from './settings-routes.tsx';

/** Which cluster the page is about travels from page to page. */
const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  validateSearch: z.object({ cluster: z.optional(z.catch(z.string(), '')) }),
  search: { middlewares: [retainSearchParams(['cluster'])] },
});

/** The pages that are about one cluster. */
const cluster = createRoute({ getParentRoute: () => root, id: 'cluster', component: ClusterGate });

const page = {
  now: createRoute({
    getParentRoute: () => cluster,
    path: '/',
    component: lazyRouteComponent(() => import('./routes/now.page.tsx'), 'NowPage'),
  }),
  backups: createRoute({
    getParentRoute: () => cluster,
    path: '/backups',
    validateSearch: backupsFilter,
    component: lazyRouteComponent(() => import('./routes/backups.page.tsx'), 'BackupsPage'),
  }),
  backup: createRoute({
    getParentRoute: () => cluster,
    path: '/backups/$backup',
    validateSearch: backupSearch,
    component: lazyRouteComponent(() => import('./routes/backup.page.tsx'), 'BackupPage'),
  }),
  restores: createRoute({
    getParentRoute: () => cluster,
    path: '/restores',
    component: lazyRouteComponent(() => import('./routes/restores.page.tsx'), 'RestoresPage'),
  }),
  newRestore: createRoute({
    getParentRoute: () => cluster,
    path: '/restores/new',
    validateSearch: restoreSearch,
    component: lazyRouteComponent(() => import('./routes/restore-new.page.tsx'), 'NewRestorePage'),
  }),
  restore: createRoute({
    getParentRoute: () => cluster,
    path: '/restores/$restore',
    validateSearch: z.object({ outcome: searchParam(z.string()) }),
    component: lazyRouteComponent(() => import('./routes/restore.page.tsx'), 'RestorePage'),
  }),
  coverage: createRoute({
    getParentRoute: () => cluster,
    path: '/coverage',
    validateSearch: coverageFilter,
    component: lazyRouteComponent(() => import('./routes/coverage.page.tsx'), 'CoveragePage'),
  }),
  schedules: createRoute({
    getParentRoute: () => cluster,
    path: '/schedules',
    validateSearch: schedulesFilter,
    component: lazyRouteComponent(() => import('./routes/schedules.page.tsx'), 'SchedulesRoute'),
  }),
  newSchedule: createRoute({
    getParentRoute: () => cluster,
    path: '/schedules/new',
    validateSearch: z.object({ from: searchParam(z.string()) }),
    component: lazyRouteComponent(
      () => import('./routes/schedule-new.page.tsx'),
      'NewSchedulePage',
    ),
  }),
  schedule: createRoute({
    getParentRoute: () => cluster,
    path: '/schedules/$schedule',
    component: lazyRouteComponent(() => import('./routes/schedule.page.tsx'), 'SchedulePage'),
  }),
  editSchedule: createRoute({
    getParentRoute: () => cluster,
    path: '/schedules/$schedule/edit',
    component: lazyRouteComponent(
      () => import('./routes/schedule-edit.page.tsx'),
      'EditSchedulePage',
    ),
  }),
  queue: createRoute({
    getParentRoute: () => cluster,
    path: '/queue',
    component: lazyRouteComponent(() => import('./routes/queue.page.tsx'), 'QueuePage'),
  }),
  activity: createRoute({
    getParentRoute: () => root,
    path: '/activity',
    validateSearch: z.object({ actor: searchParam(z.string()) }),
    component: lazyRouteComponent(() => import('./routes/activity.page.tsx'), 'ActivityPage'),
  }),
};

const tree = root.addChildren([
  cluster.addChildren([
    page.now,
    page.backups,
    page.backup,
    page.restores,
    page.newRestore,
    page.restore,
    page.schedules,
    page.newSchedule,
    page.schedule,
    page.editSchedule,
    page.queue,
    page.coverage,
  ]),
  page.activity,
  settingsRoutes(root),
]);

export const createPages = () =>
  createRouter({
    routeTree: tree,
    defaultPreload: 'intent',
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- this is how the router learns its routes
  interface Register {
    router: ReturnType<typeof createPages>;
  }
}
