import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { headline, lede } from '#shared/overview/answer.models.ts';
import type { Overview } from '#shared/overview/overview.contract.ts';
import { serverNow } from '../../lib/clock.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
import { Active } from './active.tsx';
import { IfItDied } from './if-it-died.tsx';
import { NextDay } from './next-day.tsx';
import { Needs } from './needs.tsx';
import styles from './now.module.css';
import { overviewQuery } from './overview.queries.ts';
import { Strips } from './strips.tsx';

type Props = {
  /** The acts of the page, and what “Back up” beside a need does. */
  actions: ReactNode;
  onBackUp: (namespaces: readonly string[] | null) => void;
};

/** Am I safe, and what needs me? */
export function Now({ actions, onBackUp }: Props) {
  const query = useQuery(overviewQuery(useCluster()));
  const overview = query.data;
  // One page before and after the answer: what was opened from its acts stays open.
  return (
    <Page
      title={overview ? headline(overview) : 'Now'}
      lede={overview && <Lede overview={overview} />}
      actions={actions}
    >
      <QueryState what="The state of the cluster" query={query} rows={8}>
        {(found) => <Answer overview={found} onBackUp={onBackUp} />}
      </QueryState>
    </Page>
  );
}

/** The sentence is about this answer: it does not age between two of them. */
function Lede({ overview }: { overview: Overview }) {
  const { strong, rest } = lede(overview, serverNow());
  return (
    <>
      <b>{strong}</b> {rest}
    </>
  );
}

function Answer({ overview, onBackUp }: Omit<Props, 'actions'> & { overview: Overview }) {
  return (
    <div className={styles['columns']}>
      <div className={styles['column']}>
        <Needs needs={overview.needs} onBackUp={onBackUp} />
        <Active runs={overview.active} />
        <Strips strips={overview.strips} />
      </div>
      <div className={styles['column']}>
        <IfItDied overview={overview} />
        <NextDay />
      </div>
    </div>
  );
}
