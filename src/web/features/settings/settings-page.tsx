import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../../ui/page.tsx';
import styles from './settings.module.css';

const tabs = [
  { to: '/settings/clusters', label: 'Clusters' },
  { to: '/settings/people', label: 'People and roles' },
  { to: '/settings/tokens', label: 'Tokens' },
  { to: '/settings/appearance', label: 'Appearance' },
  { to: '/settings/health', label: 'Health' },
] as const;

/** One page of the settings, with the way to the others. */
export function SettingsPage({
  title,
  lede,
  children,
}: {
  title: string;
  lede: string;
  children: ReactNode;
}) {
  return (
    <Page title={title} lede={lede}>
      <nav aria-label="Settings" className={styles['tabs']}>
        {tabs.map(({ to, label }) => (
          <Link key={to} to={to} search={(before) => ({ cluster: before.cluster })}>
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
