import { useState } from 'react';
import { steadyRows } from './steady-rows.models.ts';

/**
 * Rows that do not move while somebody points at them, or has the focus on one. `hold` goes on the
 * element around them; `waiting`: how many came meanwhile; `release` shows those.
 */
export function useSteadyRows<Row>(now: readonly Row[], keyOf: (row: Row) => string) {
  const [kept, setKept] = useState<readonly Row[] | null>(null);
  const keep = () => setKept((known) => known ?? now);
  const letGo = () => setKept(null);
  const { rows, waiting } =
    kept === null ? { rows: now, waiting: 0 } : steadyRows(kept, now, keyOf);
  return {
    rows,
    waiting,
    release: () => setKept(now),
    hold: {
      onPointerEnter: keep,
      onFocus: keep,
      onPointerLeave: letGo,
      onBlur: letGo,
    },
  };
}
