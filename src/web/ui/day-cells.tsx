import { memo } from 'react';
import type { Day } from '#shared/overview/strip.contract.ts';
import { count } from '#shared/words/format.models.ts';
import styles from './day-cells.module.css';
import { looks } from './states.models.ts';

type Props = { days: readonly Day[]; name: string };

/** A cell a day, today last: the worst of each. `name`: what it is about, for those who do not see it. */
export const DayCells = memo(function DayCells({ days, name }: Props) {
  return (
    <div role="img" aria-label={summary(days, name)} className={styles['cells']}>
      {days.map((day) => (
        <span
          key={day.day}
          title={dayInWords(day)}
          data-state={day.state}
          className={styles['cell']}
        />
      ))}
    </div>
  );
});

const wordOf = ({ state }: Day): string =>
  state === 'none' ? 'nothing ran' : looks[state].word.toLowerCase();

const dayInWords = (day: Day): string =>
  day.runs === 0
    ? `${day.day}: nothing ran`
    : `${day.day}: ${wordOf(day)}, ${count(day.runs, 'slot')}`;

/** The same as a sentence. */
function summary(days: readonly Day[], name: string): string {
  const counted = Map.groupBy(days, wordOf);
  const parts = [...counted].map(([word, some]) => `${count(some.length, 'day')} ${word}`);
  return `${name}: ${parts.join(', ')}`;
}
