import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schedule } from '#shared/schedules/schedule.contract.ts';
import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { useAct } from '../../lib/act.ts';
import { useCluster } from '../../lib/cluster.ts';
import { keys } from '../../lib/keys.ts';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
import { choicesOf } from './form-choices.models.ts';
import { ScheduleForm } from './schedule-form.tsx';
import { scheduleQuery } from './schedules.queries.ts';

/** What it is now as a form; saved only when nobody else has changed it meanwhile. */
export function EditSchedule({ name }: { name: string }) {
  const query = useQuery(scheduleQuery(useCluster(), name));
  return (
    <Page
      title={`Edit ${name}`}
      lede="Beside the form stands what it would do in the next 14 days."
      breadcrumbs={[{ label: 'Schedules', to: '/schedules' }, { label: name }]}
    >
      <QueryState what="The schedule" query={query}>
        {(schedule) => <Edit opened={schedule} />}
      </QueryState>
    </Page>
  );
}

function Edit({ opened }: { opened: Schedule }) {
  const cluster = useCluster();
  const navigate = useNavigate();
  // What was opened is edited, whatever comes in live: the version tells when that is outdated.
  const [{ name, spec, version }] = useState(opened);
  const toView = () =>
    void navigate({ to: '/schedules/$schedule', params: { schedule: name }, search: { cluster } });
  const act = useAct({
    endpoint: schedulesApi.edit,
    words: { doing: `Saving ${name}`, done: () => `Schedule ${name} is saved` },
    invalidates: [keys.schedules(cluster), keys.overview(cluster)],
  });
  return (
    <ScheduleForm
      initial={choicesOf(name, spec)}
      edits={name}
      pending={act.pending}
      problem={act.problem}
      onCancel={toView}
      onSave={(given) =>
        void act
          .run({
            params: { cluster, schedule: name },
            body: {
              ...given.spec,
              acceptWarnings: given.acceptWarnings,
              replaces: given.replaces,
              version,
            },
          })
          .then((saved) => saved && toView())
      }
    />
  );
}
