import { type SubmitEvent, useState } from 'react';
import { type BackupDetail, backupsApi } from '#shared/backups/backups.contract.ts';
import { exportTarget } from '#shared/backups/contents.contract.ts';
import { useAct } from '../../lib/act.ts';
import { textOf } from '../../lib/form-text.ts';
import { keys } from '../../lib/keys.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { faultsIn } from '../../ui/field-fault.models.ts';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './back-up-now.module.css';

type Props = { backup: BackupDetail; opened: boolean; onClose: () => void };

/** Into a folder of the server or a bucket, in Velero's own format. */
export function ExportDialog({ backup, opened, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={`Export ${backup.id}`}>
      <ExportForm backup={backup} onClose={onClose} />
    </Dialog>
  );
}

const target = exportTarget.shape;
const bucket = target.s3.def.innerType.shape;

type Into = 'folder' | 's3';

function ExportForm({ backup, onClose }: Omit<Props, 'opened'>) {
  const [into, setInto] = useState<Into>('folder');
  const act = useAct({
    endpoint: backupsApi.export,
    words: { doing: `Exporting ${backup.id}`, done: () => `The export of ${backup.id} has begun` },
    invalidates: [keys.cluster(backup.cluster)],
  });
  const faults = faultsIn(act.problem);
  const start = async (form: FormData) => {
    const params = { cluster: backup.cluster, backup: backup.id };
    if (await act.run({ params, body: targetFrom(form, into) })) onClose();
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        void start(new FormData(event.currentTarget));
      }}
    >
      <p>
        A Velero that is given this folder or bucket lists the backup and restores it. Values of
        Secrets are in plain text there, as Velero has them.
      </p>
      <Chips
        label="Into"
        value={into}
        chips={[
          { value: 'folder', label: 'A folder of the server' },
          { value: 's3', label: 'An S3 bucket' },
        ]}
        onChange={(value) => setInto(value === 's3' ? 's3' : 'folder')}
      />
      {into === 'folder' ? (
        <TextField
          label="Folder, below the one that the server was started with (--export-root)"
          name="folder"
          defaultValue="velero"
          required
          rule={target.folder}
          fault={faults['folder']}
          spellCheck={false}
        />
      ) : (
        <Bucket faults={faults} />
      )}
      <label className={styles['full']}>
        <input type="checkbox" name="includeSecrets" />
        Write the Secrets, too; needs the right secrets:read
      </label>
      <ProblemBox problem={act.problem} />
      <div className={styles['buttons']}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" pending={act.pending}>
          Export
        </Button>
      </div>
    </form>
  );
}

const bucketFields = [
  { name: 'endpoint', label: 'Address of the S3 server', required: true },
  { name: 'region', label: 'Region', required: false },
  { name: 'bucket', label: 'Bucket, which must exist', required: true },
  { name: 'prefix', label: 'Folder in the bucket', required: false },
  { name: 'accessKeyId', label: 'Id of the access key', required: true },
  { name: 'secretAccessKey', label: 'Secret of the access key', required: true },
] as const;

/** The secret is sealed by the server until the export is done, and is kept nowhere here. */
function Bucket({ faults }: { faults: Readonly<Record<string, string>> }) {
  return bucketFields.map(({ name, label, required }) => (
    <TextField
      key={name}
      label={label}
      name={name}
      type={name === 'secretAccessKey' ? 'password' : 'text'}
      required={required}
      rule={bucket[name]}
      fault={faults[`s3.${name}`]}
      autoComplete="off"
      spellCheck={false}
    />
  ));
}

function targetFrom(form: FormData, into: Into) {
  const includeSecrets = form.get('includeSecrets') !== null;
  if (into === 'folder') return { folder: textOf(form, 'folder').trim(), includeSecrets };
  const prefix = textOf(form, 'prefix').trim();
  const s3 = {
    endpoint: textOf(form, 'endpoint').trim(),
    region: textOf(form, 'region').trim() || 'us-east-1',
    bucket: textOf(form, 'bucket').trim(),
    ...(prefix !== '' && { prefix }),
    accessKeyId: textOf(form, 'accessKeyId').trim(),
    secretAccessKey: textOf(form, 'secretAccessKey').trim(),
  };
  return { s3, includeSecrets };
}
