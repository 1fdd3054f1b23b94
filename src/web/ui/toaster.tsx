import { useSyncExternalStore } from 'react';
import { useToaster } from 'react-hot-toast/headless';
import { Icon } from './icon.tsx';
import styles from './toaster.module.css';
import { type Note, type ToastKind, toasts } from './toasts.ts';

const most = 3;
const icons = { loading: 'spin', success: 'check', error: 'alert', note: 'info' } as const;
const words: Readonly<Record<ToastKind, string>> = {
  loading: 'Under way',
  success: 'Done',
  error: 'Failed',
  note: 'Note',
};

/** What became of one's own acts: at most three on screen, the rest counted; errors stay. */
export function Toaster() {
  const { toasts: shown, handlers } = useToaster();
  const notes = useSyncExternalStore(toasts.subscribe, toasts.past);
  const visible = shown.flatMap(({ id, visible: isVisible }) => {
    const note = notes.find((one) => one.id === id);
    return isVisible && note ? [note] : [];
  });
  const [first, folded] = [visible.slice(0, most), visible.length - most];
  return (
    // A pointer or the focus on it holds the clock, so that nothing goes while it is read.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      aria-label="What you did"
      className={styles['toaster']}
      onMouseEnter={handlers.startPause}
      onMouseLeave={handlers.endPause}
      onFocus={handlers.startPause}
      onBlur={handlers.endPause}
    >
      <div aria-live="assertive" className={styles['list']}>
        {first.filter(isError).map(drawn)}
      </div>
      <div aria-live="polite" className={styles['list']}>
        {first.filter((note) => !isError(note)).map(drawn)}
        {folded > 0 && <p className={styles['folded']}>and {folded} more</p>}
      </div>
    </section>
  );
}

const isError = ({ kind }: Note): boolean => kind === 'error';
const drawn = (note: Note) => <Toast key={note.id} note={note} />;

function Toast({ note }: { note: Note }) {
  const { id, kind, title, detail = '', action } = note;
  return (
    <div className={styles['toast']} data-kind={kind}>
      <Icon name={icons[kind]} spins={kind === 'loading'} />
      <div className={styles['words']}>
        <p className={styles['title']}>
          <span className={styles['unseen']}>{words[kind]}: </span>
          {title}
        </p>
        {detail !== '' && <p className={styles['detail']}>{detail}</p>}
      </div>
      {action?.href !== undefined && <a href={action.href}>{action.label}</a>}
      {action?.act !== undefined && (
        <button type="button" className={styles['act']} onClick={action.act}>
          {action.label}
        </button>
      )}
      <button
        type="button"
        className={styles['act']}
        aria-label={`Dismiss: ${title}`}
        onClick={() => toasts.dismiss(id)}
      >
        <Icon name="cross" />
      </button>
    </div>
  );
}
