import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { useAct } from '../../lib/act.ts';
import { useCluster } from '../../lib/cluster.ts';
import { keys } from '../../lib/keys.ts';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
import { type Choices, choicesOf, newChoices } from './form-choices.models.ts';
import { ScheduleForm } from './schedule-form.tsx';
import { scheduleQuery } from './schedules.queries.ts';

const crumbs = [{ label: 'Schedules', to: '/schedules' }, { label: 'New' }];

/** A new schedule, or a copy of one. */
export function NewSchedule({ from }: { from: string | undefined }) {
  return (
    <Page
      title="New schedule"
      lede="Beside the form stands what it would do in the next 14 days."
      breadcrumbs={crumbs}
    >
      {from === undefined ? (
        <Create initial={newChoices(Intl.DateTimeFormat().resolvedOptions().timeZone)} />
      ) : (
        <Copied from={from} />
      )}
    </Page>
  );
}

function Copied({ from }: { from: string }) {
  const query = useQuery(scheduleQuery(useCluster(), from));
  return (
    <QueryState what="The schedule" query={query}>
      {({ spec }) => <Create initial={choicesOf(`${from}-copy`, spec)} />}
    </QueryState>
  );
}

function Create({ initial }: { initial: Choices }) {
  const cluster = useCluster();
  const navigate = useNavigate();
  const act = useAct({
    endpoint: schedulesApi.create,
    words: { doing: 'Saving the schedule', done: ({ name }) => `Schedule ${name} is saved` },
    invalidates: [keys.schedules(cluster), keys.overview(cluster)],
  });
  return (
    <ScheduleForm
      initial={initial}
      edits={null}
      pending={act.pending}
      problem={act.problem}
      onCancel={() => void navigate({ to: '/schedules', search: { cluster } })}
      onSave={({ name, spec, acceptWarnings, replaces }) =>
        void act
          .run({
            params: { cluster },
            body: { ...spec, acceptWarnings, replaces, ...(name !== '' && { name }) },
          })
          .then((saved) => {
            if (saved)
              void navigate({
                to: '/schedules/$schedule',
                params: { schedule: saved.name },
                search: { cluster },
              });
          })
      }
    />
  );
}
