import type { Strip } from '#shared/overview/strip.contract.ts';
import { DayCells } from '../../ui/day-cells.tsx';
import { ScheduleLink } from '../../ui/schedule-link.tsx';
import { Time } from '../../ui/time.tsx';
import styles from './now.module.css';

/** The row of what no schedule started; no schedule can be called that. */
const byHand = 'By hand';

/** A cell a day for thirty days: the worst run of each. */
export function Strips({ strips }: { strips: readonly Strip[] }) {
  if (strips.length === 0) return null;
  return (
    <section aria-label="Last 30 days">
      <div className={styles['head']}>
        <h2>Last 30 days</h2>
        <span className={styles['aside']}>one cell a day, the worst of each</span>
      </div>
      <ul className={styles['list']}>
        {strips.map((strip) => (
          <li key={strip.name} className={styles['strip']}>
            <bdi className={styles['stripName']}>
              {strip.name === byHand ? strip.name : <ScheduleLink name={strip.name} />}
            </bdi>
            <div className={styles['stripCells']}>
              <DayCells days={strip.days} name={strip.name} />
            </div>
            <span className={styles['aside']}>
              {strip.lastAt === null ? 'never' : <Time at={strip.lastAt} />}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
