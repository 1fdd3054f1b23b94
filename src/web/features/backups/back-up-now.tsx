import { useQuery } from '@tanstack/react-query';
import { type ChangeEvent, useState } from 'react';
import { backupName, backupsApi, duration } from '#shared/backups/backups.contract.ts';
import type { Request } from '#shared/http/endpoint.ts';
import { useAct } from '../../lib/act.ts';
import { useCluster } from '../../lib/cluster.ts';
import { commandOf, curlOf } from '../../lib/copy-as.ts';
import { keys } from '../../lib/keys.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { CheckList } from '../../ui/check-list.tsx';
import { Copy } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { faultsIn } from '../../ui/field-fault.models.ts';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { QueryState } from '../../ui/region.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './back-up-now.module.css';
import { namespacesQuery } from '../../lib/namespaces.queries.ts';

type Props = {
  opened: boolean;
  /** Chosen at first; none: the whole cluster. */
  namespaces: readonly string[];
  onClose: () => void;
};

/** What to back up: the whole cluster unless something is chosen. */
export function BackUpDialog({ opened, namespaces, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Back up now">
      <BackUpForm namespaces={namespaces} onClose={onClose} />
    </Dialog>
  );
}

type Choices = {
  namespaces: readonly string[];
  name: string;
  type: 'incremental' | 'full';
  retention: string;
  kinds: string;
  labelSelector: string;
};

function BackUpForm({ namespaces, onClose }: Omit<Props, 'opened'>) {
  const cluster = useCluster();
  const [choices, setChoices] = useState<Choices>({ ...none, namespaces });
  const change = (some: Partial<Choices>) => setChoices((known) => ({ ...known, ...some }));
  const query = useQuery(namespacesQuery(cluster));
  const { act, reason } = useBackUp(cluster, choices.namespaces);
  const request = { params: { cluster }, body: specOf(choices) };
  const start = async () => {
    if (await act.run(request)) onClose();
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason === null) void start();
      }}
    >
      <QueryState what="The namespaces of the cluster" query={query}>
        {({ items }) => (
          <CheckList
            legend="Namespaces"
            all={`The whole of ${cluster}, what belongs to no namespace too`}
            options={items.map((one) => ({ value: one.name, label: one.name, note: '' }))}
            chosen={choices.namespaces}
            onChange={(chosen) => change({ namespaces: chosen })}
          />
        )}
      </QueryState>
      <MoreChoices choices={choices} onChange={change} faults={faultsIn(act.problem)} />
      <ProblemBox problem={act.problem} />
      <CopyAs request={request} />
      <div className={styles['buttons']}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" pending={act.pending} reason={reason}>
          Back up now
        </Button>
      </div>
    </form>
  );
}

type MoreProps = {
  choices: Choices;
  onChange: (some: Partial<Choices>) => void;
  faults: Readonly<Record<string, string>>;
};

/** What few need: the usual backup is right without. */
function MoreChoices({ choices, onChange, faults }: MoreProps) {
  const text = (name: 'name' | 'retention' | 'kinds' | 'labelSelector') => ({
    value: choices[name],
    fault: faults[name],
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: ChangeEvent<HTMLInputElement>) => onChange({ [name]: event.target.value }),
  });
  return (
    <>
      <TextField label="Name, if the usual one will not do" rule={backupName} {...text('name')} />
      <details className={styles['more']}>
        <summary>Retention, kinds, labels, a full one</summary>
        <TextField label="Keep it for, such as 7d" rule={duration} {...text('retention')} />
        <TextField label="Only these kinds, such as deployments.apps, secrets" {...text('kinds')} />
        <TextField label="Only with labels, such as app=web" {...text('labelSelector')} />
        <label className={styles['full']}>
          <input
            type="checkbox"
            checked={choices.type === 'full'}
            onChange={(event) => onChange({ type: event.target.checked ? 'full' : 'incremental' })}
          />
          Store everything again, also what has not changed
        </label>
      </details>
    </>
  );
}

type BackUp = Request<typeof backupsApi.create>;

function CopyAs({ request }: { request: BackUp }) {
  const { engine: _, ...flags } = request.body;
  const command = commandOf('backups create', {
    flags: { cluster: request.params.cluster, ...flags },
  });
  return (
    <p className={styles['copies']}>
      <Copy text={command} what="as command" shown />{' '}
      <Copy text={curlOf(backupsApi.create, request)} what="as curl" shown />
    </p>
  );
}

const none: Choices = {
  namespaces: [],
  name: '',
  type: 'incremental',
  retention: '',
  kinds: '',
  labelSelector: '',
};

function specOf({ namespaces, name, type, retention, kinds, labelSelector }: Choices) {
  const listed = kinds.split(/[\s,]+/).filter(Boolean);
  return {
    engine: 'embedded' as const,
    type,
    ...(name.trim() !== '' && { name: name.trim() }),
    ...(namespaces.length > 0 && { namespaces: [...namespaces] }),
    ...(retention.trim() !== '' && { retention: retention.trim() }),
    ...(listed.length > 0 && { kinds: listed }),
    ...(labelSelector.trim() !== '' && { labelSelector: labelSelector.trim() }),
  };
}

function useBackUp(cluster: string, chosen: readonly string[]) {
  const { reason } = useMay('backups:create', {
    cluster,
    namespaces: chosen.length > 0 ? chosen : 'all',
  });
  const act = useAct({
    endpoint: backupsApi.create,
    words: {
      doing: chosen.length === 0 ? `Backing up ${cluster}` : `Backing up ${chosen.join(', ')}`,
      done: ({ backup }) => `Backup ${backup ?? ''} has begun`,
    },
    invalidates: [keys.cluster(cluster)],
  });
  return { act, reason };
}
