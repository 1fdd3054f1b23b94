import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AuditEntry } from '#shared/audit/audit.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import type { Column } from '../../ui/column.types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { auditQuery, chainQuery } from './activity.queries.ts';

type Props = { actor: string; onActor: (actor: string) => void };

/** Who did what? */
export function Activity({ actor, onActor }: Props) {
  const query = useInfiniteQuery(auditQuery(actor));
  return (
    <Page
      title="Activity"
      lede="Every act, by people and by Lifeboat itself: its intent before, its outcome after."
      actions={<VerifyChain />}
    >
      <SearchField label="Only by" value={actor} onChange={onActor} />
      <QueryState what="The audit trail" query={query} rows={8}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          if (entries.length === 0) return <Empty title="Nothing was done yet" />;
          return (
            <DataTable
              key={actor}
              caption="The audit trail, newest first"
              columns={columns}
              rows={entries}
              keyOf={({ seq }) => String(seq)}
              query={query}
            />
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

const columns: readonly Column<AuditEntry>[] = [
  {
    head: 'Outcome',
    look: 'state',
    cell: ({ outcome }) => (
      <StateBadge state={states[outcome]} {...(outcome === 'intended' && { word: 'Intended' })} />
    ),
  },
  {
    head: 'Act',
    share: 2,
    cell: ({ action, code }) => (
      <>
        {action} {code !== null && <code>{code}</code>}
      </>
    ),
  },
  {
    head: 'What',
    share: 3,
    look: 'muted',
    cell: ({ target }) => <bdi>{Object.values(target).join(' ')}</bdi>,
  },
  { head: 'By', cell: ({ actor }) => <bdi>{actor}</bdi> },
  { head: 'When', look: 'time', cell: ({ at }) => <Time at={at} /> },
];
