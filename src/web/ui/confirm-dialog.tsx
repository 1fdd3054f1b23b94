import { type ReactNode, useId, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import styles from './dialog.module.css';

type Props = {
  opened: boolean;
  onClose: () => void;
  /** The act with its object: “Delete nightly-20261123020000?” */
  title: string;
  /** What follows from it, and what cannot be undone. */
  consequence: ReactNode;
  /** The word on the button: “Delete backup”. */
  action: string;
  onConfirm: () => void;
  /** Must be typed before the button works: for what cannot be undone. */
  typed?: string;
  pending?: boolean;
  danger?: boolean;
};

/** Asks before an act; the way back has the focus, unless a name must be typed. */
export function ConfirmDialog(props: Props) {
  const { opened, onClose, title, consequence, action, onConfirm, typed } = props;
  const { pending = false, danger = typed !== undefined } = props;
  const [text, setText] = useState('');
  const fits = typed === undefined || text.trim() === typed;
  const close = () => {
    setText('');
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title={title}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (fits && !pending) onConfirm();
        }}
      >
        <div className={styles['consequence']}>{consequence}</div>
        {typed !== undefined && <TypedName typed={typed} text={text} onText={setText} />}
        <div className={styles['buttons']}>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            look={danger ? 'danger' : 'primary'}
            pending={pending}
            reason={fits ? null : `Type ${typed} first.`}
          >
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type TypedProps = { typed: string; text: string; onText: (text: string) => void };

function TypedName({ typed, text, onText }: TypedProps) {
  const id = useId();
  return (
    <div className={styles['typed']}>
      <label htmlFor={id}>
        Type <bdi className={styles['name']}>{typed}</bdi> to confirm
      </label>
      <input
        id={id}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
    </div>
  );
}
