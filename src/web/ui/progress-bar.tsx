import styles from './progress.module.css';

type Props = {
  /** What is under way, for those who do not see the bar. */
  label: string;
  /** 0 to 100; null: nobody knows how much there is. */
  percent: number | null;
  /** Read instead of the bare percents. */
  words?: string;
};

/** How far something is. */
export function ProgressBar({ label, percent, words }: Props) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      aria-valuetext={words}
      className={styles['bar']}
      data-unknown={percent === null || undefined}
    >
      <span style={percent === null ? {} : { width: `${percent}%` }} />
    </div>
  );
}
