import type { BackupState } from '#shared/backups/backups.contract.ts';
import type { Cluster } from '#shared/clusters/clusters.contract.ts';
import type { ObjectOutcome, PlannedAction } from '#shared/restores/restores.contract.ts';
import type { RunState } from '#shared/runs/runs.contract.ts';
import type { ScheduleState, SlotState } from '#shared/schedules/schedule.contract.ts';
import type { IconName } from './icon.models.ts';

/** What became of an act in the audit trail; `intended` without an outcome is `open`. */
export type ActState = 'open' | 'done' | 'refused' | 'failed';

export type ChangeState = 'added' | 'removed' | 'changed';

export type State =
  | RunState
  | BackupState
  | Cluster['state']
  | PlannedAction
  | ObjectOutcome
  | ScheduleState
  | SlotState
  | ActState
  | ChangeState;

export type Tone = 'ok' | 'run' | 'wait' | 'warn' | 'bad' | 'unknown';
export type StateLook = { icon: IconName; word: string; tone: Tone };

const look = (icon: IconName, word: string, tone: Tone): StateLook => ({ icon, word, tone });

/** Icon, word and colour of every state: one that is not drawn here does not compile. */
export const looks: Readonly<Record<State, StateLook>> = {
  queued: look('clock', 'Queued', 'wait'),
  waiting: look('clock', 'Waiting', 'wait'),
  running: look('spin', 'Running', 'run'),
  completed: look('check', 'Completed', 'ok'),
  partial: look('half', 'Partial', 'warn'),
  failed: look('cross', 'Failed', 'bad'),
  canceled: look('ban', 'Canceled', 'wait'),
  interrupted: look('alert', 'Interrupted', 'warn'),
  deleting: look('spin', 'Deleting', 'run'),
  damaged: look('alert', 'Damaged', 'bad'),
  unknown: look('question', 'Unknown', 'unknown'),
  available: look('check', 'Available', 'ok'),
  unavailable: look('cross', 'Unavailable', 'bad'),
  readOnly: look('lock', 'Read only', 'warn'),
  create: look('add', 'Create', 'ok'),
  update: look('pencil', 'Update', 'warn'),
  replace: look('swap', 'Replace', 'warn'),
  unchanged: look('equal', 'Unchanged', 'wait'),
  skip: look('skip', 'Skip', 'wait'),
  conflict: look('alert', 'Conflict', 'bad'),
  blocked: look('cross', 'Blocked', 'bad'),
  created: look('add', 'Created', 'ok'),
  updated: look('pencil', 'Updated', 'ok'),
  replaced: look('swap', 'Replaced', 'ok'),
  skipped: look('skip', 'Skipped', 'wait'),
  upcoming: look('clock', 'Upcoming', 'wait'),
  onTime: look('check', 'On time', 'ok'),
  late: look('clock', 'Late', 'warn'),
  missed: look('clock', 'Missed', 'bad'),
  stuck: look('alert', 'Stuck', 'bad'),
  fired: look('check', 'On time', 'ok'),
  caughtUp: look('check', 'Made up', 'ok'),
  paused: look('pause', 'Paused', 'wait'),
  open: look('question', 'No outcome', 'warn'),
  done: look('check', 'Done', 'ok'),
  refused: look('ban', 'Refused', 'warn'),
  added: look('add', 'Added', 'ok'),
  removed: look('minus', 'Removed', 'bad'),
  changed: look('pencil', 'Changed', 'warn'),
};
