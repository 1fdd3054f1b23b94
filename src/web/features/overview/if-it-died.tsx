import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Changes, Overview } from '#shared/overview/overview.contract.ts';
import { count, figure, span } from '#shared/words/format.models.ts';
import { Time } from '../../ui/time.tsx';
import styles from './now.module.css';
import { changesQuery } from './overview.queries.ts';

/** What would be lost if the cluster died right now; what nobody knows is said to be unknown. */
export function IfItDied({ overview }: { overview: Overview }) {
  const changes = useQuery(changesQuery(overview.cluster.id));
  const { worst, namespaces, volumes, lastRestore } = overview;
  return (
    <section aria-label="If the cluster died right now">
      <div className={styles['head']}>
        <h2>If the cluster died right now</h2>
      </div>
      <dl className={styles['facts']}>
        <Fact term="Worst restore point">
          {worst === null ? (
            'none'
          ) : (
            <>
              <Time at={worst.at} /> <span className={styles['aside']}>{worst.namespace}</span>
            </>
          )}
        </Fact>
        <Fact term="Changed since the newest">
          {changes.data ? changedInWords(changes.data) : changes.error ? 'unknown' : 'counting …'}
        </Fact>
        <Fact term="Not in any backup">{uncovered(namespaces, volumes)}</Fact>
        <Fact term="Copies elsewhere">{copies(overview)}</Fact>
        <Fact term="Last restore took">
          {lastRestore === null
            ? 'none was made'
            : `${span(lastRestore.milliseconds)}${lastRestore.objects === null ? '' : ` for ${count(lastRestore.objects, 'object')}`}`}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function changedInWords({ state, added, changed, removed, atLeast, reason }: Changes): string {
  if (state === 'counting') return 'counting …';
  if (state === 'unknown') return `unknown${reason === null ? '' : `: ${reason}`}`;
  const all = added + changed + removed;
  return `${atLeast ? 'at least ' : ''}${count(all, 'object')}`;
}

function uncovered(namespaces: Overview['namespaces'], volumes: Overview['volumes']): string {
  if (namespaces === null || volumes === null) return 'unknown';
  const parts = [
    namespaces.uncovered > 0 && count(namespaces.uncovered, 'namespace'),
    volumes.notBackedUp > 0 && `data of ${count(volumes.notBackedUp, 'volume')}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

const copies = ({ elsewhere }: Overview): string => {
  if (elsewhere === null) return 'not yours to see';
  return elsewhere.exports === 0 ? 'none' : `${figure(elsewhere.exports)} exported`;
};
