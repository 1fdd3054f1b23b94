import { useState } from 'react';
import { type Backup, backupsApi } from '#shared/backups/backups.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { useActAll } from '../../lib/act-all.ts';
import { useCluster } from '../../lib/cluster.ts';
import { keys } from '../../lib/keys.ts';
import { useMay } from '../../lib/session.ts';
import { BulkActions } from '../../ui/bulk-actions.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

type Props = {
  chosen: readonly Backup[];
  /** Nothing is to be chosen any more. */
  onDone: () => void;
};

/** What can be done with several backups at once. */
export function BulkBar({ chosen, onDone }: Props) {
  if (chosen.length === 0) return null;
  return (
    <BulkActions what="backup" many={chosen.length} onNone={onDone}>
      <VerifyAll chosen={chosen} onDone={onDone} />
      <DeleteAll chosen={chosen} onDone={onDone} />
    </BulkActions>
  );
}

const named = (chosen: readonly Backup[]) =>
  chosen.map(({ cluster, id }) => ({ name: id, request: { params: { cluster, backup: id } } }));

function VerifyAll({ chosen, onDone }: Props) {
  const cluster = useCluster();
  const { reason } = useMay('backups:verify', { cluster });
  const { run, pending } = useActAll({
    endpoint: backupsApi.verify,
    words: { doing: 'Verifying', done: 'Verification has begun' },
    noun: 'backup',
    invalidates: [keys.runs(cluster)],
  });
  return (
    <Button
      size="small"
      icon="check"
      pending={pending}
      reason={reason}
      onClick={() => void run(named(chosen)).then(onDone)}
    >
      Verify
    </Button>
  );
}

function DeleteAll({ chosen, onDone }: Props) {
  const cluster = useCluster();
  const [asking, setAsking] = useState(false);
  const { reason } = useMay('backups:delete', { cluster });
  const { run, pending } = useActAll({
    endpoint: backupsApi.delete,
    words: { doing: 'Deleting', done: 'Deletion has begun' },
    noun: 'backup',
    invalidates: [keys.backups(cluster)],
  });
  const what = count(chosen.length, 'backup');
  return (
    <>
      <Button size="small" icon="trash" reason={reason} onClick={() => setAsking(true)}>
        Delete
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${what} of ${cluster}?`}
        consequence={consequenceOf(chosen)}
        action={`Delete ${what}`}
        typed={cluster}
        pending={pending}
        onConfirm={() => void run(named(chosen)).then(onDone)}
      />
    </>
  );
}

const mostNames = 10;

function consequenceOf(chosen: readonly Backup[]): string {
  const names = chosen.slice(0, mostNames).map(({ id }) => id);
  const more = chosen.length > mostNames ? ` and ${chosen.length - mostNames} more` : '';
  const pinned = chosen.filter(({ pin }) => pin !== null).length;
  const refused = pinned > 0 ? ` ${count(pinned, 'pinned backup')} will be refused.` : '';
  return `${names.join(', ')}${more}: what they hold cannot be restored any more; that cannot be undone.${refused}`;
}
