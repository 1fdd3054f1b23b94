import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import styles from './page.module.css';

export type Breadcrumb = { label: string; to?: string };

type Props = {
  title: string;
  /** The answer to the page's question, in one line. */
  lede?: ReactNode;
  /** The primary action, at the right. */
  actions?: ReactNode;
  breadcrumbs?: readonly Breadcrumb[];
  children?: ReactNode;
};

/** The head that every page has, and what is below it. */
export function Page({ title, lede, actions, breadcrumbs = [], children }: Props) {
  return (
    <>
      <title>{`${title} · Lifeboat`}</title>
      <header className={styles['head']}>
        <div className={styles['words']}>
          {breadcrumbs.length > 0 && <Breadcrumbs items={breadcrumbs} />}
          {/* The focus comes here after a navigation, so that the page is read from its beginning. */}
          <h1 tabIndex={-1}>{title}</h1>
          {lede !== undefined && <p className={styles['lede']}>{lede}</p>}
        </div>
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </header>
      {children}
    </>
  );
}

function Breadcrumbs({ items }: { items: readonly Breadcrumb[] }) {
  return (
    <nav aria-label="Breadcrumbs" className={styles['crumbs']}>
      <ol>
        {items.map(({ label, to }) => (
          <li key={label}>{to === undefined ? label : <Link to={to}>{label}</Link>}</li>
        ))}
      </ol>
    </nav>
  );
}
