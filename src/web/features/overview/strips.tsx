import type { Day, Strip } from '#shared/overview/strip.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { Time } from '../../ui/time.tsx';
import { looks } from '../../ui/states.models.ts';
import styles from './now.module.css';

/** A cell a day for thirty days: the worst run of each. */
export function Strips({ strips }: { strips: readonly Strip[] }) {
  if (strips.length === 0) return null;
  return (
    <section aria-label="Last 30 days">
      <div className={styles['head']}>
        <h2>Last 30 days</h2>
        <span className={styles['aside']}>one cell a day, worst run of the day</span>
      </div>
      <ul className={styles['list']}>
        {strips.map((strip) => (
          <li key={strip.name} className={styles['strip']}>
            <bdi className={styles['stripName']}>{strip.name}</bdi>
            <Cells days={strip.days} name={strip.name} />
            <span className={styles['aside']}>
              {strip.lastAt === null ? 'never' : <Time at={strip.lastAt} />}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Cells({ days, name }: { days: readonly Day[]; name: string }) {
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
}

const wordOf = ({ state }: Day): string =>
  state === 'none' ? 'nothing ran' : looks[state].word.toLowerCase();

const dayInWords = (day: Day): string =>
  day.runs === 0
    ? `${day.day}: nothing ran`
    : `${day.day}: ${wordOf(day)}, ${count(day.runs, 'run')}`;

/** The same as a sentence, for those who do not see the cells. */
function summary(days: readonly Day[], name: string): string {
  const counted = Map.groupBy(days, wordOf);
  const parts = [...counted].map(([word, some]) => `${count(some.length, 'day')} ${word}`);
  return `${name}: ${parts.join(', ')}`;
}
