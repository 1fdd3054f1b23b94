import { Outlet } from '@tanstack/react-router';
import { Page } from '../../ui/page.tsx';

export const SettingsLayout = () => <Outlet />;
export const ClustersPage = () => <Page title="Clusters" />;
export const PeoplePage = () => <Page title="People and roles" />;
export const TokensPage = () => <Page title="Tokens" />;
export const AppearancePage = () => <Page title="Appearance" />;
export const HealthPage = () => <Page title="Health" />;
