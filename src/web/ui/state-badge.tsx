import { Icon } from './icon.tsx';
import styles from './state-badge.module.css';
import { looks, type State } from './states.models.ts';

/** Icon, word and colour: a state is never colour alone. `word` replaces the usual one. */
export function StateBadge({ state, word }: { state: State; word?: string }) {
  const look = looks[state];
  return (
    <span className={styles['badge']} data-tone={look.tone}>
      <Icon name={look.icon} spins={look.icon === 'spin'} />
      {word ?? look.word}
    </span>
  );
}
