import { lazy, Suspense, useState } from 'react';
import { BackUpDialog } from '../../features/backups/back-up-now.tsx';
import { ClusterContext } from '../../lib/cluster.ts';
import { Help } from './help.tsx';
import type { Overlay } from './shortcuts.ts';
import { useChosenCluster } from './use-chosen-cluster.ts';

const Palette = lazy(async () => ({
  default: (await import('../palette/palette.tsx')).Palette,
}));

type Props = { overlay: Overlay | null; onClose: () => void };

/** What opens over any page. */
export function Overlays({ overlay, onClose }: Props) {
  const cluster = useChosenCluster();
  const [backingUp, setBackingUp] = useState(false);
  // Loaded when it is first asked for; it stays, so that closing it gives the focus back.
  const [wanted, setWanted] = useState(false);
  if (overlay === 'palette' && !wanted) setWanted(true);
  return (
    <>
      <Help opened={overlay === 'help'} onClose={onClose} />
      {wanted && (
        <Suspense>
          <Palette
            opened={overlay === 'palette'}
            onClose={onClose}
            onBackUp={() => setBackingUp(true)}
          />
        </Suspense>
      )}
      {cluster && (
        <ClusterContext value={cluster.id}>
          <BackUpDialog opened={backingUp} namespaces={[]} onClose={() => setBackingUp(false)} />
        </ClusterContext>
      )}
    </>
  );
}
