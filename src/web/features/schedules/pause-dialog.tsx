import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './schedules.module.css';

type Props = {
  opened: boolean;
  /** `nightly`, `3 schedules`. */
  what: string;
  pending: boolean;
  onClose: () => void;
  onPause: (pause: { reason: string; until: string | null }) => void;
};

/** Why it rests, and until when: both are shown beside it. */
export function PauseDialog({ opened, what, pending, onClose, onPause }: Props) {
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  return (
    <Dialog opened={opened} onClose={onClose} title={`Pause ${what}?`}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() === '' || pending) return;
          onPause({ reason, until: until === '' ? null : new Date(until).toISOString() });
          onClose();
        }}
      >
        <p>Slots are passed over until it goes on, and are not made up for.</p>
        <TextField
          label="Why it rests"
          data-autofocus
          value={reason}
          maxLength={200}
          required
          onChange={(event) => setReason(event.target.value)}
        />
        <TextField
          label="Until, by your clock; empty: until somebody resumes it"
          type="datetime-local"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
        <div className={styles['buttons']}>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            pending={pending}
            reason={reason.trim() === '' ? 'Say why first.' : null}
          >
            Pause {what}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
