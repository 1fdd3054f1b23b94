import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';

/** Everything below /settings: pages of the installation, whatever cluster is chosen. */
export function settingsRoutes<R extends AnyRoute>(root: R) {
  const settings = createRoute({
    getParentRoute: () => root,
    path: '/settings',
    component: lazyRouteComponent(() => import('./routes/settings.page.tsx'), 'SettingsLayout'),
  });
  const index = createRoute({
    getParentRoute: () => settings,
    path: '/',
    beforeLoad: () => {
      // oxlint-disable-next-line typescript/only-throw-error -- this is how the router is told
      throw redirect({ to: '/settings/clusters', replace: true });
    },
  });
  const clusters = createRoute({
    getParentRoute: () => settings,
    path: '/clusters',
    component: lazyRouteComponent(() => import('./routes/settings.page.tsx'), 'ClustersPage'),
  });
  const people = createRoute({
    getParentRoute: () => settings,
    path: '/people',
    component: lazyRouteComponent(() => import('./routes/settings.page.tsx'), 'PeoplePage'),
  });
  const tokens = createRoute({
    getParentRoute: () => settings,
    path: '/tokens',
    component: lazyRouteComponent(() => import('./routes/settings.page.tsx'), 'TokensPage'),
  });
  const appearance = createRoute({
    getParentRoute: () => settings,
    path: '/appearance',
    component: lazyRouteComponent(() => import('./routes/settings.page.tsx'), 'AppearancePage'),
  });
  const health = createRoute({
    getParentRoute: () => settings,
    path: '/health',
    component: lazyRouteComponent(() => import('./routes/settings.page.tsx'), 'HealthPage'),
  });
  return settings.addChildren([index, clusters, people, tokens, appearance, health]);
}
