import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { backupsApi } from '#shared/backups/backups.contract.ts';
import { useAct } from '../../lib/act.ts';
import { useCluster } from '../../lib/cluster.ts';
import { keys } from '../../lib/keys.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { CheckList } from '../../ui/check-list.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { QueryState } from '../../ui/region.tsx';
import styles from './back-up-now.module.css';
import { namespacesQuery } from './backups.queries.ts';

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

function BackUpForm({ namespaces, onClose }: Omit<Props, 'opened'>) {
  const cluster = useCluster();
  const nameId = useId();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>(namespaces);
  const query = useQuery(namespacesQuery(cluster));
  const { act, reason } = useBackUp(cluster, chosen);
  const start = async () => {
    const run = await act.run({ params: { cluster }, body: specOf(name, chosen) });
    if (run) onClose();
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
            chosen={chosen}
            onChange={setChosen}
          />
        )}
      </QueryState>
      <label htmlFor={nameId}>Name, if the usual one will not do</label>
      <input
        id={nameId}
        className={styles['input']}
        value={name}
        maxLength={63}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      {act.problem && (
        <p role="alert" className={styles['problem']}>
          {act.problem.title} {act.problem.detail}
        </p>
      )}
      <div className={styles['buttons']}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" pending={act.pending} reason={reason}>
          Back up now
        </Button>
      </div>
    </form>
  );
}

const specOf = (name: string, chosen: readonly string[]) => ({
  engine: 'embedded' as const,
  type: 'incremental' as const,
  ...(name.trim() !== '' && { name: name.trim() }),
  ...(chosen.length > 0 && { namespaces: [...chosen] }),
});

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
