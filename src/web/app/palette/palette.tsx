import { useMounted } from '@mantine/hooks';
import { type KeyboardEvent, useId, useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { type Entry, found, moved } from './palette.models.ts';
import styles from './palette.module.css';
import { useEntries } from './use-entries.ts';

type Props = { opened: boolean; onClose: () => void; onBackUp: () => void };

/** Goes anywhere and does anything by typing a part of its name. */
export function Palette({ opened, onClose, onBackUp }: Props) {
  // A dialog remembers what had the focus when it opens, not when it is there open already.
  const isThere = useMounted();
  return (
    <Dialog opened={opened && isThere} onClose={onClose} title="Go to, or do">
      <Choose onClose={onClose} onBackUp={onBackUp} />
    </Dialog>
  );
}

function Choose({ onClose, onBackUp }: Omit<Props, 'opened'>) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const entries = found(useEntries({ typed, onBackUp }), typed);
  const marked = entries[Math.min(at, entries.length - 1)];
  const choose = (entry: Entry) => {
    onClose();
    entry.act();
  };
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step !== undefined) setAt(moved(at, step, entries.length));
    else if (event.key === 'Enter' && marked) choose(marked);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles['palette']}>
      <input
        data-autofocus
        role="combobox"
        aria-label="Page, backup, cluster or act"
        aria-expanded={entries.length > 0}
        aria-controls={id}
        aria-activedescendant={marked && `${id}-${marked.id}`}
        aria-autocomplete="list"
        placeholder="Page, backup, cluster or act"
        autoComplete="off"
        spellCheck={false}
        maxLength={253}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <Entries id={id} entries={entries} marked={marked} onChoose={choose} />
      <p role="status" className={styles['none']}>
        {entries.length === 0 && 'Nothing has that in its name.'}
      </p>
    </div>
  );
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

type EntriesProps = {
  id: string;
  entries: readonly Entry[];
  marked: Entry | undefined;
  onChoose: (entry: Entry) => void;
};

function Entries({ id, entries, marked, onChoose }: EntriesProps) {
  return (
    <div role="listbox" id={id} aria-label="Found" className={styles['entries']}>
      {entries.map((entry) => (
        // The keyboard stays in the field, which says what is marked: this is for pointers.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={entry.id}
          id={`${id}-${entry.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={entry === marked}
          className={styles['entry']}
          onClick={() => onChoose(entry)}
        >
          <bdi>{entry.label}</bdi> <span className={styles['hint']}>{entry.hint}</span>
        </div>
      ))}
    </div>
  );
}
