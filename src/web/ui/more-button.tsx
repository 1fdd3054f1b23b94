import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from './button.tsx';
import styles from './objects.module.css';

export type Pages = Pick<
  UseInfiniteQueryResult,
  'hasNextPage' | 'isFetchingNextPage' | 'isFetchNextPageError' | 'fetchNextPage'
>;

type Props = {
  query: Pages;
  /** How many are on screen. */
  shown: string;
};

/** The next page of a long list, when there is one. */
export function MoreButton({ query, shown }: Props) {
  if (!query.hasNextPage) return null;
  return (
    <p className={styles['more']}>
      {shown} shown.{' '}
      <Button
        size="small"
        pending={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
      >
        Show more
      </Button>
    </p>
  );
}
