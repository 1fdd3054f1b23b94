import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type BackupDetail, backupsApi } from '#shared/backups/backups.contract.ts';
import { useAct } from '../../lib/act.ts';
import { keys } from '../../lib/keys.ts';
import { type May, useMay } from '../../lib/session.ts';
import { useVerify } from '../../lib/verify.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { ExportDialog } from './export-dialog.tsx';

type Props = { backup: BackupDetail };

/** What can be done with a backup; what may not be says why. */
export function BackupActions({ backup }: Props) {
  return (
    <>
      <Verify backup={backup} />
      <Pin backup={backup} />
      <Export backup={backup} />
      <Delete backup={backup} />
      <LinkButton
        look="primary"
        icon="back"
        to="/restores/new"
        search={(before) => ({ cluster: before.cluster, backup: backup.id })}
      >
        Restore
      </LinkButton>
    </>
  );
}

const useMayHere = (
  permission: Parameters<typeof useMay>[0],
  { cluster, namespaces }: BackupDetail,
): May => useMay(permission, { cluster, namespaces: namespaces ?? 'all' });

const paramsOf = ({ cluster, id }: BackupDetail) => ({ cluster, backup: id });

function Verify({ backup }: Props) {
  const { reason } = useMayHere('backups:verify', backup);
  const act = useVerify(backup.cluster, backup.id);
  return (
    <Button
      icon="check"
      pending={act.pending}
      reason={reason}
      onClick={() => void act.run({ params: paramsOf(backup) })}
    >
      Verify
    </Button>
  );
}

function Pin({ backup }: Props) {
  const { reason } = useMayHere('backups:pin', backup);
  const invalidates = [keys.backups(backup.cluster)];
  const unpin = useAct({
    endpoint: backupsApi.unpin,
    words: { doing: `Unpinning ${backup.id}`, done: () => `${backup.id} is no longer pinned` },
    invalidates,
  });
  const pin = useAct({
    endpoint: backupsApi.pin,
    words: {
      doing: `Pinning ${backup.id}`,
      done: () => ({
        title: `${backup.id} is pinned`,
        detail: 'Retention keeps it until it is unpinned.',
      }),
      action: () => ({ label: 'Undo', act: () => void unpin.run({ params: paramsOf(backup) }) }),
    },
    invalidates,
  });
  if (backup.pin)
    return (
      <Button
        icon="pin"
        pending={unpin.pending}
        reason={reason}
        onClick={() => void unpin.run({ params: paramsOf(backup) })}
      >
        Unpin
      </Button>
    );
  return (
    <Button
      icon="pin"
      pending={pin.pending}
      reason={reason}
      onClick={() =>
        void pin.run({
          params: paramsOf(backup),
          body: { note: 'Pinned in the browser', until: null },
        })
      }
    >
      Pin
    </Button>
  );
}

function Export({ backup }: Props) {
  const [asking, setAsking] = useState(false);
  const { reason } = useMayHere('backups:export', backup);
  return (
    <>
      <Button icon="download" reason={reason} onClick={() => setAsking(true)}>
        Export
      </Button>
      <ExportDialog backup={backup} opened={asking} onClose={() => setAsking(false)} />
    </>
  );
}

function Delete({ backup }: Props) {
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const { reason } = useMayHere('backups:delete', backup);
  const act = useAct({
    endpoint: backupsApi.delete,
    words: { doing: `Deleting ${backup.id}`, done: () => `The deletion of ${backup.id} has begun` },
    invalidates: [keys.cluster(backup.cluster)],
  });
  const remove = async () => {
    const run = await act.run({ params: paramsOf(backup) });
    setAsking(false);
    if (run) await navigate({ to: '/backups', search: (before) => ({ cluster: before.cluster }) });
  };
  return (
    <>
      <Button icon="trash" reason={reason} onClick={() => setAsking(true)}>
        Delete
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Delete backup ${backup.id} of ${backup.cluster}?`}
        consequence="What only this backup holds cannot be brought back any more. That cannot be undone."
        action="Delete backup"
        typed={backup.id}
        pending={act.pending}
        onConfirm={() => void remove()}
      />
    </>
  );
}
