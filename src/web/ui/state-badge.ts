import type { BackupState } from '#shared/backups/backups.contract.ts';
import type { Cluster } from '#shared/clusters/clusters.contract.ts';
import type { RunState } from '#shared/runs/runs.contract.ts';
import { element } from './dom.ts';

type State = RunState | BackupState | Cluster['state'];
type Look = 'ok' | 'running' | 'waiting' | 'warning' | 'failed' | 'unknown';

const paths: Readonly<Record<Look, string>> = {
  ok: 'M5 10.5l3.2 3.2L15 7',
  running: 'M10 3.5a6.5 6.5 0 1 1-6.2 4.5',
  waiting: 'M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M10 6.5V10l2.5 1.5',
  warning: 'M10 3.5a6.5 6.5 0 1 0 0 13zM10 3.5a6.5 6.5 0 0 1 0 13',
  failed: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  unknown: 'M7.5 7.5a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1 .8-1 1.7M10 14v.1',
};

/** Icon, word and colour: a state is never colour alone. */
export function stateBadge(state: State): HTMLElement {
  const look = looks[state];
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  icon.setAttribute('viewBox', '0 0 20 20');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', paths[look]);
  icon.append(path);
  return element('span', { class: `state ${look}` }, [icon, wordOf(state)]);
}

const looks: Readonly<Record<State, Look>> = {
  completed: 'ok',
  available: 'ok',
  running: 'running',
  deleting: 'running',
  queued: 'waiting',
  waiting: 'waiting',
  canceled: 'waiting',
  partial: 'warning',
  readOnly: 'warning',
  interrupted: 'warning',
  failed: 'failed',
  damaged: 'failed',
  unavailable: 'failed',
  unknown: 'unknown',
};

const wordOf = (state: State): string =>
  state === 'readOnly' ? 'Read only' : `${state.charAt(0).toUpperCase()}${state.slice(1)}`;
