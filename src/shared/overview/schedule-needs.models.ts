import { count } from '../words/format.models.ts';
import { action } from './need-action.models.ts';
import { listed } from './names.models.ts';
import type { Need } from './overview.contract.ts';

/** A schedule that did not do what its timetable says. `sentence`: what happened. */
export type OverdueSchedule = {
  name: string;
  state: 'missed' | 'late' | 'stuck';
  sentence: string;
};

export type ScheduleFactsOfNeeds = {
  /** The worst first. */
  overdue: readonly OverdueSchedule[];
  /** Why the time cannot be trusted; null: it can. */
  clockDoubt: string | null;
  /** Schedules of which retention would take more than half, and waits for a person. */
  asking: readonly string[];
};

/** What did not happen is found from the timetable itself: silence is an alarm. */
export function scheduleNeeds({ overdue, clockDoubt, asking }: ScheduleFactsOfNeeds): Need[] {
  return [...doubtNeed(clockDoubt), ...overdueNeeds(overdue), ...askingNeed(asking)];
}

function doubtNeed(doubt: string | null): Need[] {
  if (doubt === null) return [];
  return [
    {
      id: 'clock',
      state: 'unavailable',
      sentence: 'The time is in doubt: no schedule fires, nothing is deleted',
      detail: doubt,
      action: action({ label: 'Show the clock', what: 'openHealth' }),
    },
  ];
}

const named = 3;

function overdueNeeds(overdue: readonly OverdueSchedule[]): Need[] {
  if (overdue.length > named) {
    const [first] = overdue;
    return [
      {
        id: 'overdue',
        state: first?.state === 'late' ? 'late' : 'missed',
        sentence: `${count(overdue.length, 'schedule')} did not do what they should`,
        detail: `${listed(overdue.map(({ name }) => name))}. ${first?.sentence ?? ''}`,
        action: action({ label: 'Show the schedules', what: 'openSchedules' }),
      },
    ];
  }
  return overdue.map(({ name, state, sentence }) => ({
    id: `overdue-${name}`,
    state: state === 'late' ? 'late' : 'missed',
    sentence: `${name} ${state === 'stuck' ? 'takes much longer than ever' : state === 'late' ? 'is late' : 'missed a slot'}`,
    detail: sentence,
    action: action({ label: 'Show the schedule', what: 'openSchedules', schedule: name }),
  }));
}

function askingNeed(asking: readonly string[]): Need[] {
  const [first] = asking;
  if (first === undefined) return [];
  return [
    {
      id: 'retention-asks',
      state: 'warning',
      sentence: `The retention of ${listed(asking)} would delete more than half of its backups`,
      detail: 'Nothing is deleted before somebody has looked at the plan and applied it.',
      action: action({ label: 'Look at the plan', what: 'openSchedules', schedule: first }),
    },
  ];
}
