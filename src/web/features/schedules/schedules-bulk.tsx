import { useState } from 'react';
import type { Schedule } from '#shared/schedules/schedule.contract.ts';
import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
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

function PauseAll({ chosen, onDone }: Props) {
  const cluster = useCluster();
  const [asking, setAsking] = useState(false);
  const { reason } = useMay('schedules:run', { cluster });
  const { run, pending } = useActAll({
    endpoint: schedulesApi.pause,
    words: { doing: 'Pausing', done: 'Pause' },
    noun: 'schedule',
    invalidates: [keys.schedules(cluster)],
  });
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

type AtOnceProps = Props & {
  endpoint: typeof schedulesApi.run | typeof schedulesApi.resume;
  words: { doing: string; done: string };
  label: string;
};

/** What asks nothing more: it is done to each of them at once. */
function AtOnce({ chosen, onDone, endpoint, words, label }: AtOnceProps) {
  const cluster = useCluster();
  const { reason } = useMay('schedules:run', { cluster });
  const { run, pending } = useActAll({
    endpoint,
    words,
    noun: 'schedule',
    invalidates: [keys.cluster(cluster)],
  });
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

function DeleteAll({ chosen, onDone }: Props) {
  const cluster = useCluster();
  const [asking, setAsking] = useState(false);
  const { reason } = useMay('schedules:manage', { cluster });
  const { run, pending } = useActAll({
    endpoint: schedulesApi.delete,
    words: { doing: 'Deleting', done: 'Deletion' },
    noun: 'schedule',
    invalidates: [keys.schedules(cluster)],
  });
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
