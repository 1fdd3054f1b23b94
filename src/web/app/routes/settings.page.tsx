import { Outlet } from '@tanstack/react-router';
import { ClustersView } from '../../features/settings/clusters-view.tsx';
import { HealthView } from '../../features/settings/health-view.tsx';
import { PeopleView } from '../../features/settings/people-view.tsx';
import { SettingsPage } from '../../features/settings/settings-page.tsx';
import { TokensView } from '../../features/settings/tokens-view.tsx';
import { ThemeChoice } from '../frame/theme-choice.tsx';

export const SettingsLayout = () => <Outlet />;

export const ClustersPage = () => (
  <SettingsPage
    title="Clusters"
    lede="Which clusters Lifeboat looks after, and whether it reaches them."
  >
    <ClustersView />
  </SettingsPage>
);

export const PeoplePage = () => (
  <SettingsPage title="People and roles" lede="Who may sign in here, and what they may do where.">
    <PeopleView />
  </SettingsPage>
);

export const TokensPage = () => (
  <SettingsPage title="Tokens" lede="For programs that use the API from another machine.">
    <TokensView />
  </SettingsPage>
);

export const AppearancePage = () => (
  <SettingsPage title="Appearance" lede="Remembered in this browser.">
    <ThemeChoice />
  </SettingsPage>
);

export const HealthPage = () => (
  <SettingsPage title="Health" lede="What Lifeboat stands on, and what of it is broken.">
    <HealthView />
  </SettingsPage>
);
