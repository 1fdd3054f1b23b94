import { useState } from 'react';
import type { Schedule } from '#shared/schedules/schedule.contract.ts';
import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { count } from '#shared/words/format.models.ts';
import { useActAll } from '../../lib/act-all.ts';
import { useCluster } from '../../lib/cluster.ts';
import { keys } from '../../lib/keys.ts';
import { useMay } from '../../lib/session.ts';
import { BulkActions } from '../../ui/bulk-actions.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { PauseDialog } from './pause-dialog.tsx';

type Props = { chosen: readonly Schedule[]; onDone: () => void };

/** What can be done with several schedules at once. */
export function SchedulesBulk({ chosen, onDone }: Props) {
  if (chosen.length === 0) return null;
  return (
    <BulkActions what="schedule" many={chosen.length} onNone={onDone}>
      <AtOnce
        chosen={chosen}
        onDone={onDone}
        endpoint={schedulesApi.run}
        words={{ doing: 'Starting', done: 'Start' }}
        label="Run now"
      />
      <PauseAll chosen={chosen} onDone={onDone} />
      <AtOnce
        chosen={chosen}
        onDone={onDone}
        endpoint={schedulesApi.resume}
        words={{ doing: 'Resuming', done: 'Resumption' }}
        label="Resume"
      />
      <DeleteAll chosen={chosen} onDone={onDone} />
    </BulkActions>
  );
}

const at = ({ cluster, name }: Schedule) => ({ cluster, schedule: name });

type Act<E extends Endpoint> = {
  endpoint: E;
  words: { doing: string; done: string };
  permission?: 'schedules:run' | 'schedules:manage';
};

/** One act on each of several, and whether it may be done. */
function useEach<E extends Endpoint>({ permission = 'schedules:run', ...act }: Act<E>) {
  const cluster = useCluster();
  const { reason } = useMay(permission, { cluster });
  const each = useActAll({ ...act, noun: 'schedule', invalidates: [keys.cluster(cluster)] });
  return { ...each, reason };
}

type AtOnceProps = Props &
  Act<typeof schedulesApi.run | typeof schedulesApi.resume> & { label: string };

/** What asks nothing more: it is done to each of them at once. */
function AtOnce({ chosen, onDone, label, ...act }: AtOnceProps) {
  const { run, pending, reason } = useEach(act);
  const all = chosen.map((one) => ({ name: one.name, request: { params: at(one) } }));
  return (
    <Button
      size="small"
      pending={pending}
      reason={reason}
      onClick={() => void run(all).then(onDone)}
    >
      {label}
    </Button>
  );
}

const pausing = { endpoint: schedulesApi.pause, words: { doing: 'Pausing', done: 'Pause' } };

function PauseAll({ chosen, onDone }: Props) {
  const [asking, setAsking] = useState(false);
  const { run, pending, reason } = useEach(pausing);
  return (
    <>
      <Button
        size="small"
        icon="pause"
        pending={pending}
        reason={reason}
        onClick={() => setAsking(true)}
      >
        Pause
      </Button>
      <PauseDialog
        opened={asking}
        what={count(chosen.length, 'schedule')}
        pending={pending}
        onClose={() => setAsking(false)}
        onPause={(body) =>
          void run(
            chosen.map((one) => ({ name: one.name, request: { params: at(one), body } })),
          ).then(onDone)
        }
      />
    </>
  );
}

const deleting = {
  endpoint: schedulesApi.delete,
  words: { doing: 'Deleting', done: 'Deletion' },
  permission: 'schedules:manage',
} as const;

function DeleteAll({ chosen, onDone }: Props) {
  const cluster = useCluster();
  const [asking, setAsking] = useState(false);
  const { run, pending, reason } = useEach(deleting);
  const what = count(chosen.length, 'schedule');
  return (
    <>
      <Button size="small" icon="trash" reason={reason} onClick={() => setAsking(true)}>
        Delete
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${what} of ${cluster}?`}
        consequence="Their backups stay, and no retention decides about them any more."
        action={`Delete ${what}`}
        danger
        pending={pending}
        onConfirm={() =>
          void run(
            chosen.map((one) => ({
              name: one.name,
              request: { params: at(one), query: { backups: 'keep' as const } },
            })),
          ).then(onDone)
        }
      />
    </>
  );
}
