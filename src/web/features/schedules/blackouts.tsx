import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { blackoutsApi } from '#shared/schedules/queue.contract.ts';
import type { Blackout } from '#shared/schedules/schedule.contract.ts';
import { weekdays, windowInWords } from '#shared/schedules/window.models.ts';
import { useAct } from '../../lib/act.ts';
import { call } from '../../lib/call.ts';
import { useCluster } from '../../lib/cluster.ts';
import { keys } from '../../lib/keys.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { QueryState } from '../../ui/region.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { DayChoice } from './day-choice.tsx';
import styles from './schedules.module.css';

/** Times in which no scheduled run begins: shown, added and taken away. */
export function Blackouts() {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button onClick={() => setOpened(true)}>Blackouts</Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title="Blackouts">
        <Known />
      </Dialog>
    </>
  );
}

function Known() {
  const cluster = useCluster();
  const query = useQuery({
    queryKey: [...keys.schedules(cluster), 'blackouts'],
    queryFn: ({ signal }) => call(blackoutsApi.show, { params: { cluster } }, { signal }),
  });
  const { reason } = useMay('schedules:manage', { cluster, namespaces: 'all' });
  const act = useAct({
    endpoint: blackoutsApi.set,
    words: { doing: 'Saving the blackouts', done: () => 'The blackouts are saved' },
    invalidates: [keys.schedules(cluster)],
  });
  const save = (blackouts: readonly Blackout[]) =>
    act.run({ params: { cluster }, body: { blackouts: blackouts.map(copied) } });
  return (
    <div className={styles['form']}>
      <p>No run of a slot begins then; what people start by hand does.</p>
      <QueryState what="The blackouts" query={query}>
        {({ blackouts }) => (
          <>
            {blackouts.length === 0 && <p className={styles['hint']}>There is none.</p>}
            <ul className={styles['next']}>
              {blackouts.map((one) => (
                <li key={JSON.stringify(one)}>
                  <span>
                    {one.reason}: {windowInWords(one)} ({one.timezone})
                  </span>
                  <Button
                    size="small"
                    reason={reason}
                    pending={act.pending}
                    label={`Remove ${one.reason}`}
                    onClick={() => void save(blackouts.filter((other) => other !== one))}
                  >
                    Remove
                  </Button>
                </li>
              ))}
            </ul>
            <Add
              reason={reason}
              pending={act.pending}
              onAdd={(one) => save([...blackouts, one]).then(Boolean)}
            />
          </>
        )}
      </QueryState>
      <ProblemBox problem={act.problem} />
    </div>
  );
}

const copied = ({ days, ...rest }: Blackout) => ({ ...rest, days: [...days] });

type AddProps = {
  reason: string | null;
  pending: boolean;
  /** Resolves to whether it was saved. */
  onAdd: (one: Blackout) => Promise<boolean>;
};

const none = (): Blackout => ({
  days: [...weekdays],
  from: '18:00',
  to: '20:00',
  reason: '',
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

function Add({ reason, pending, onAdd }: AddProps) {
  const [one, setOne] = useState(none);
  const change = (some: Partial<Blackout>) => setOne((known) => ({ ...known, ...some }));
  const stop = reason ?? (one.reason.trim() === '' ? 'Say why first.' : null);
  return (
    <form
      aria-label="Add a blackout"
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (stop === null && !pending) void onAdd(one).then((saved) => saved && setOne(none()));
      }}
    >
      <TextField
        label="Why nothing begins then"
        value={one.reason}
        maxLength={200}
        onChange={(event) => change({ reason: event.target.value })}
      />
      <DayChoice legend={`When, by the clocks of ${one.timezone}`} window={one} onChange={change} />
      <div className={styles['buttons']}>
        <Button type="submit" look="primary" pending={pending} reason={stop}>
          Add the blackout
        </Button>
      </div>
    </form>
  );
}
