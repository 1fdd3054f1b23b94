import { type RefObject, useEffect } from 'react';
import { readLook } from '../lib/look.ts';
import { isTyping } from '../lib/typing.ts';

const steps: Readonly<Record<string, number>> = { j: 1, k: -1 };
const framesToWait = 20;

type Rows = { count: number; show: (index: number) => void };

/** `j` and `k` take the focus from row to row; Enter then opens what has it, as everywhere. */
export function useRowKeys(table: RefObject<HTMLTableElement | null>, { count, show }: Rows): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = steps[event.key];
      if (step === undefined || !readLook().shortcuts || isTyping(event)) return;
      const next = Math.min(Math.max(currentRow(table.current) + step, 0), count - 1);
      if (count === 0 || !table.current) return;
      event.preventDefault();
      show(next);
      focusWhenDrawn(table.current, next, framesToWait);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [table, count, show]);
}

function currentRow(table: HTMLTableElement | null): number {
  const row = document.activeElement?.closest('tr[data-index]');
  return row instanceof HTMLElement && table?.contains(row) ? Number(row.dataset['index']) : -1;
}

/** A row that was out of sight is drawn a moment after it was asked for. */
function focusWhenDrawn(table: HTMLTableElement, index: number, frames: number): void {
  const row = table.querySelector(`tr[data-index="${index}"]`);
  const target = row?.querySelector<HTMLElement>('a, button') ?? row?.querySelector('input');
  if (target) target.focus();
  else if (frames > 0) requestAnimationFrame(() => focusWhenDrawn(table, index, frames - 1));
}
