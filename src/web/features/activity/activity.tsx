import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { AuditEntry } from '#shared/audit/audit.contract.ts';
import { count, figure } from '#shared/words/format.models.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import styles from '../../ui/objects.module.css';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { auditQuery, chainQuery } from './activity.queries.ts';

type Props = { actor: string; onActor: (actor: string) => void };

/** Who did what? */
export function Activity({ actor, onActor }: Props) {
  const query = useInfiniteQuery(auditQuery(actor));
  const id = useId();
  return (
    <Page
      title="Activity"
      lede="Every act, by people and by Lifeboat itself: its intent before, its outcome after."
      actions={<VerifyChain />}
    >
      <div className={styles['search']}>
        <label htmlFor={id}>By</label>
        <input
          id={id}
          type="search"
          value={actor}
          onChange={(event) => onActor(event.target.value)}
        />
      </div>
      <QueryState what="The audit trail" query={query} rows={8}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          if (entries.length === 0) return <Empty title="Nothing was done yet" />;
          return (
            <>
              <Entries entries={entries} />
              <MoreButton query={query} shown={figure(entries.length)} />
            </>
          );
        }}
      </QueryState>
    </Page>
  );
}

function VerifyChain() {
  const { data, error, isFetching, refetch } = useQuery(chainQuery);
  return (
    <>
      <span role="status">{error ? 'The chain could not be read.' : data && inWords(data)}</span>
      <Button icon="check" pending={isFetching} onClick={() => void refetch()}>
        Check the chain
      </Button>
    </>
  );
}

type Chain = { intact: boolean; entries: number; brokenAt: number | null };

const inWords = ({ intact, entries, brokenAt }: Chain): string =>
  intact
    ? `${count(entries, 'entry')}, none changed or missing.`
    : `Entry ${brokenAt} does not fit: the trail was changed.`;

const states = { intended: 'open', done: 'done', refused: 'refused', failed: 'failed' } as const;

function Entries({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <table className={styles['objects']}>
      <caption className={styles['caption']}>The audit trail, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Outcome</th>
          <th scope="col">Act</th>
          <th scope="col">What</th>
          <th scope="col">By</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.seq}>
            <td className={styles['state']}>
              <StateBadge
                state={states[entry.outcome]}
                {...(entry.outcome === 'intended' && { word: 'Intended' })}
              />
            </td>
            <td>
              {entry.action} {entry.code !== null && <code>{entry.code}</code>}
            </td>
            <td className={styles['why']}>
              <bdi>{Object.values(entry.target).join(' ')}</bdi>
            </td>
            <td>
              <bdi>{entry.actor}</bdi>
            </td>
            <td>
              <Time at={entry.at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
