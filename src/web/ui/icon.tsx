import { type IconName, strokes } from './icon.models.ts';
import styles from './icon.module.css';

/** Decoration beside a word; what it means is always written too. */
export function Icon({ name, spins = false }: { name: IconName; spins?: boolean }) {
  return (
    <svg
      className={spins ? `${styles['icon']} ${styles['spins']}` : styles['icon']}
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
    >
      <path d={strokes[name]} />
    </svg>
  );
}
