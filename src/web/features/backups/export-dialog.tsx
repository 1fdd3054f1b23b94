import { useId, useState } from 'react';
import { type BackupDetail, backupsApi } from '#shared/backups/backups.contract.ts';
import { useAct } from '../../lib/act.ts';
import { keys } from '../../lib/keys.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './back-up-now.module.css';

type Props = { backup: BackupDetail; opened: boolean; onClose: () => void };

/** Into a folder of the server, in Velero's own format. */
export function ExportDialog({ backup, opened, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={`Export ${backup.id}`}>
      <ExportForm backup={backup} onClose={onClose} />
    </Dialog>
  );
}

function ExportForm({ backup, onClose }: Omit<Props, 'opened'>) {
  const id = useId();
  const [folder, setFolder] = useState('velero');
  const act = useAct({
    endpoint: backupsApi.export,
    words: { doing: `Exporting ${backup.id}`, done: () => `The export of ${backup.id} has begun` },
    invalidates: [keys.cluster(backup.cluster)],
  });
  const start = async () => {
    const run = await act.run({
      params: { cluster: backup.cluster, backup: backup.id },
      body: { folder: folder.trim() },
    });
    if (run) onClose();
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <p>
        A Velero that is given this folder or bucket lists the backup and restores it. Values of
        Secrets are in plain text there, as Velero has them. To write to an S3 bucket, use the
        command <code>lifeboat backups export</code>.
      </p>
      <label htmlFor={id}>
        Folder, below the one that the server was started with (--export-root)
      </label>
      <input
        id={id}
        className={styles['input']}
        value={folder}
        required
        maxLength={1024}
        spellCheck={false}
        onChange={(event) => setFolder(event.target.value)}
      />
      {act.problem && (
        <p role="alert" className={styles['problem']}>
          {act.problem.title} {act.problem.detail}
        </p>
      )}
      <div className={styles['buttons']}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" pending={act.pending}>
          Export
        </Button>
      </div>
    </form>
  );
}
