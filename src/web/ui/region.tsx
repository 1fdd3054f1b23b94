import type { UseQueryResult } from '@tanstack/react-query';
import { CatchBoundary, type ErrorComponentProps } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { CallError, sentence } from '../lib/call.ts';
import { ErrorBox } from './error-box.tsx';
import { Forbidden } from './forbidden.tsx';
import { Loading } from './loading.tsx';
import styles from './region.module.css';
import { Stale } from './stale.tsx';

type Props<Data> = {
  title: string;
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
  /** Beside the title: a link to more, or a count. */
  aside?: ReactNode;
  /** Lines of the skeleton. */
  rows?: number;
};

/** A part of a page that draws its query in all its states, and fails alone. */
export function Region<Data>({ title, query, children, aside, rows = 3 }: Props<Data>) {
  return (
    <section className={styles['region']} aria-label={title}>
      <div className={styles['head']}>
        <h2>{title}</h2>
        <span className={styles['aside']}>{aside}</span>
      </div>
      <QueryState what={title} query={query} rows={rows}>
        {children}
      </QueryState>
    </section>
  );
}

type StateProps<Data> = Pick<Props<Data>, 'query' | 'children' | 'rows'> & { what: string };

/** Loading, forbidden, failed, stale or there: the same for every query. */
export function QueryState<Data>({ what, query, children, rows = 3 }: StateProps<Data>) {
  const { data, dataUpdatedAt, refetch } = query;
  const error = useLastError(query);
  const retry = () => void refetch();
  if (data === undefined && error === null) return <Loading waitsFor={lower(what)} rows={rows} />;
  if (isForbidden(error)) return <Forbidden detail={sentence(error)} />;
  if (data === undefined)
    return <ErrorBox error={error} onRetry={retry} pending={query.isFetching} />;
  return (
    <>
      {error !== null && <Stale since={dataUpdatedAt} why={sentence(error)} onRetry={retry} />}
      <CatchBoundary getResetKey={() => dataUpdatedAt} errorComponent={Broken}>
        <Drawn draw={children} data={data} />
      </CatchBoundary>
    </>
  );
}

/** While what has failed is asked again, its failure stays: the page does not flicker at each change. */
function useLastError({ data, error, errorUpdateCount }: UseQueryResult): Error | null {
  const [last, setLast] = useState(error);
  if (error !== null && error !== last) setLast(error);
  const isAskedAgain = data === undefined && errorUpdateCount > 0;
  return error ?? (isAskedAgain ? last : null);
}

/** Apart, so that what it throws is caught by the boundary around it. */
const Drawn = <Data,>({ draw, data }: { draw: (data: Data) => ReactNode; data: Data }) =>
  draw(data);

const Broken = ({ error, reset }: ErrorComponentProps) => (
  <ErrorBox
    error={error}
    title="Something in this part went wrong; nothing was changed"
    onRetry={reset}
  />
);

const isForbidden = (error: unknown): boolean =>
  error instanceof CallError && error.problem.status === 403;

const lower = (title: string): string => `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
