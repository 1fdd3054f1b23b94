import { useState } from 'react';
import { BackUpDialog } from '../features/backups/back-up-now.tsx';
import { useCluster } from '../lib/cluster.ts';
import { useMay } from '../lib/session.ts';
import { Button } from '../ui/button.tsx';

/** The act that is offered everywhere. */
export function BackUpButton() {
  const [opened, setOpened] = useState(false);
  const { reason } = useMay('backups:create', { cluster: useCluster() });
  return (
    <>
      <Button look="primary" icon="add" reason={reason} onClick={() => setOpened(true)}>
        Back up now
      </Button>
      <BackUpDialog opened={opened} namespaces={[]} onClose={() => setOpened(false)} />
    </>
  );
}
