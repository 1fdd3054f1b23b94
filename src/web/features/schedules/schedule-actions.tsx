import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schedule } from '#shared/schedules/schedule.contract.ts';
import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { useAct } from '../../lib/act.ts';
import { keys } from '../../lib/keys.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PauseDialog } from './pause-dialog.tsx';
import styles from './schedules.module.css';

type Props = { schedule: Schedule };

/** What can be done with one schedule. */
export function ScheduleActions({ schedule }: Props) {
  const { cluster, name } = schedule;
  return (
    <div className={styles['buttons']}>
      <RunNow schedule={schedule} />
      <LinkButton to="/schedules/$schedule/edit" params={{ schedule: name }} search={{ cluster }}>
        Edit
      </LinkButton>
      <LinkButton to="/schedules/new" search={{ cluster, from: name }}>
        Copy
      </LinkButton>
      {schedule.paused ? <Resume schedule={schedule} /> : <Pause schedule={schedule} />}
      <Delete schedule={schedule} />
    </div>
  );
}

const atOf = ({ cluster, name }: Schedule) => ({ cluster, schedule: name });
const reachOf = ({ cluster, spec }: Schedule) => ({
  cluster,
  namespaces: spec.namespaces ?? ('all' as const),
});

function RunNow({ schedule }: Props) {
  const { reason } = useMay('schedules:run', reachOf(schedule));
  const act = useAct({
    endpoint: schedulesApi.run,
    words: {
      doing: `Starting ${schedule.name}`,
      done: ({ backup }) => `Backup ${backup ?? ''} has begun`,
    },
    invalidates: [keys.cluster(schedule.cluster)],
  });
  return (
    <Button
      look="primary"
      pending={act.pending}
      reason={reason}
      onClick={() => void act.run({ params: atOf(schedule) })}
    >
      Run it now
    </Button>
  );
}

function Pause({ schedule }: Props) {
  const [asking, setAsking] = useState(false);
  const { reason } = useMay('schedules:run', reachOf(schedule));
  const act = useAct({
    endpoint: schedulesApi.pause,
    words: { doing: `Pausing ${schedule.name}`, done: () => `${schedule.name} rests` },
    invalidates: [keys.schedules(schedule.cluster)],
  });
  return (
    <>
      <Button icon="pause" pending={act.pending} reason={reason} onClick={() => setAsking(true)}>
        Pause
      </Button>
      <PauseDialog
        opened={asking}
        what={schedule.name}
        pending={act.pending}
        onClose={() => setAsking(false)}
        onPause={(body) => void act.run({ params: atOf(schedule), body })}
      />
    </>
  );
}

function Resume({ schedule }: Props) {
  const { reason } = useMay('schedules:run', reachOf(schedule));
  const act = useAct({
    endpoint: schedulesApi.resume,
    words: { doing: `Resuming ${schedule.name}`, done: () => `${schedule.name} goes on` },
    invalidates: [keys.schedules(schedule.cluster)],
  });
  return (
    <Button
      pending={act.pending}
      reason={reason}
      onClick={() => void act.run({ params: atOf(schedule) })}
    >
      Resume
    </Button>
  );
}

function Delete({ schedule }: Props) {
  const { cluster, name } = schedule;
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [backups, setBackups] = useState<'keep' | 'delete'>('keep');
  const { reason } = useMay('schedules:manage', reachOf(schedule));
  const act = useAct({
    endpoint: schedulesApi.delete,
    words: { doing: `Deleting ${name}`, done: () => `Schedule ${name} is deleted` },
    invalidates: [keys.cluster(cluster)],
  });
  return (
    <>
      <Button icon="trash" reason={reason} onClick={() => setAsking(true)}>
        Delete
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Delete the schedule ${name} of ${cluster}?`}
        consequence={
          <>
            <p>Nothing runs by it any more, and no retention decides about its backups.</p>
            <label className={styles['tick']}>
              <input
                type="checkbox"
                checked={backups === 'delete'}
                onChange={(event) => setBackups(event.target.checked ? 'delete' : 'keep')}
              />
              Delete its backups too, but for pinned ones: that cannot be undone
            </label>
          </>
        }
        action={`Delete ${name}`}
        typed={name}
        pending={act.pending}
        onConfirm={() =>
          void act
            .run({ params: atOf(schedule), query: { backups } })
            .then((done) => done && void navigate({ to: '/schedules', search: { cluster } }))
        }
      />
    </>
  );
}
