import { useId, useState } from 'react';
import {
  type Cluster,
  clustersApi,
  type ConnectionTest,
} from '#shared/clusters/clusters.contract.ts';
import { useAct } from '../../lib/act.ts';
import { useClusters } from '../../lib/cluster.ts';
import { keys } from '../../lib/keys.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import styles from '../../ui/objects.module.css';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Region } from '../../ui/region.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import forms from './settings.module.css';

/** Which clusters Lifeboat looks after, and whether it reaches them. */
export function ClustersView() {
  const query = useClusters();
  return (
    <>
      <Region title="Registered clusters" query={query}>
        {(clusters) => (
          <ul className={styles['changes']}>
            {clusters.map((cluster) => (
              <ClusterLine key={cluster.id} cluster={cluster} />
            ))}
          </ul>
        )}
      </Region>
      <AddCluster />
    </>
  );
}

function ClusterLine({ cluster }: { cluster: Cluster }) {
  const [asking, setAsking] = useState(false);
  const { reason } = useMay('clusters:manage', { cluster: cluster.id, namespaces: 'all' });
  const params = { cluster: cluster.id };
  const check = useAct({
    endpoint: clustersApi.check,
    words: { doing: `Asking ${cluster.id}`, done: ({ sentence }) => sentence },
    invalidates: [keys.clusters],
  });
  const remove = useAct({
    endpoint: clustersApi.remove,
    words: { doing: `Removing ${cluster.id}`, done: () => `${cluster.id} is no longer registered` },
    invalidates: [keys.clusters],
  });
  return (
    <li>
      <StateBadge state={cluster.state} /> <b>{cluster.id}</b> <bdi>{cluster.version}</bdi>{' '}
      <Button
        size="small"
        pending={check.pending}
        reason={reason}
        label={`Test the connection of ${cluster.id}`}
        onClick={() => void check.run({ params })}
      >
        Test the connection
      </Button>{' '}
      <Button
        size="small"
        reason={reason}
        label={`Remove ${cluster.id}`}
        onClick={() => setAsking(true)}
      >
        Remove
      </Button>
      {cluster.problem !== null && <p className={styles['why']}>{cluster.problem}</p>}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Remove cluster ${cluster.id}?`}
        consequence="Lifeboat forgets how to reach it. Its backups stay where they are, and are found again when it is added anew."
        action="Remove cluster"
        typed={cluster.id}
        pending={remove.pending}
        onConfirm={() => void remove.run({ params }).then(() => setAsking(false))}
      />
    </li>
  );
}

function AddCluster() {
  const id = useId();
  const [kubeconfig, setKubeconfig] = useState('');
  const [tested, setTested] = useState<ConnectionTest | null>(null);
  const { reason } = useMay('clusters:manage', { cluster: '*', namespaces: 'all' });
  const test = useAct({
    endpoint: clustersApi.test,
    words: { doing: 'Trying the kubeconfig', done: ({ sentence }) => sentence },
  });
  const add = useAct({
    endpoint: clustersApi.add,
    words: { doing: 'Adding the cluster', done: (cluster) => `${cluster.id} is registered` },
    invalidates: [keys.clusters],
  });
  const body = { kubeconfig };
  const problem = add.problem ?? test.problem;
  const why = reason ?? (kubeconfig.trim() === '' ? 'Paste a kubeconfig first.' : null);
  return (
    <section aria-label="Add a cluster" className={forms['form']}>
      <h2>Add a cluster</h2>
      <label htmlFor={id}>
        Kubeconfig with its credentials inside; one that runs programs or names files is refused
      </label>
      <textarea
        id={id}
        rows={8}
        spellCheck={false}
        autoComplete="off"
        value={kubeconfig}
        onChange={(event) => setKubeconfig(event.target.value)}
      />
      <ProblemBox problem={problem} />
      {tested && <p role="status">{tested.sentence}</p>}
      <div className={forms['buttons']}>
        <Button
          pending={test.pending}
          reason={why}
          onClick={() => void test.run({ body }).then(setTested)}
        >
          Test the connection
        </Button>
        <Button
          look="primary"
          pending={add.pending}
          reason={why}
          onClick={() => void add.run({ body }).then((added) => added && setKubeconfig(''))}
        >
          Add the cluster
        </Button>
      </div>
    </section>
  );
}
