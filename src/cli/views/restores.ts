import {
  type Plan,
  type PlannedObject,
  plannedActions,
  type RestoredObject,
  restoresApi,
} from '#shared/restores/restores.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import { count, figure } from '#shared/words/format.models.ts';
import { fields, moment, printable, table } from '../format.models.ts';
import { countWords, runSentence } from '../run-words.models.ts';
import { changedValue, quoted } from './backups.ts';
import { runDetail, runTable } from './runs.ts';
import { more, type Tools, view } from './view.ts';

/** So many objects of a plan are shown at once; the rest is one command away. */
const firstObjects = 20;

export const restoreViews = [
  view(restoresApi.plan, shownPlan),
  view(restoresApi.showPlan, shownPlan),
  view(restoresApi.planObjects, ({ items, next }) => plannedTable(items) + more(next)),
  view(restoresApi.planDiff, ({ path, sealed, changes }) =>
    changes.length === 0
      ? `The plan changes nothing in ${printable(path)}.\n`
      : `${printable(path)}${sealed ? ' (sealed: only the names of its keys are shown)' : ''}\n${changes.map(changedValue).join('')}`,
  ),
  view(
    restoresApi.start,
    (run, { command }) => `${runSentence(run)}\nFollow it: ${command(`restores show ${run.id}`)}\n`,
  ),
  view(restoresApi.list, ({ items, next }, { now }) =>
    items.length === 0
      ? 'Nothing has been restored into this cluster yet.\n'
      : runTable(items, now) + more(next),
  ),
  view(restoresApi.show, (run, { now }) => runDetail(run, now) + outcomesLine(run.outcomes)),
  view(restoresApi.objects, ({ items, next }) => restoredTable(items) + more(next)),
];

async function shownPlan(plan: Plan, tools: Tools): Promise<string> {
  const { items, next } = await tools.call(restoresApi.planObjects, {
    params: { cluster: plan.cluster, plan: plan.id },
    query: { limit: firstObjects },
  });
  const target = `--cluster ${quoted(plan.cluster)}`;
  const diffable = items.find(({ action }) => action === 'update' || action === 'replace');
  return [
    fields([
      ['Plan', plan.id],
      ['Restores', `${plan.backup} of ${plan.source} into ${plan.cluster}`],
      ['Would', countsWords(plan)],
      ['Expires', moment(plan.expiresAt, tools.now)],
    ]),
    plan.notes.length === 0
      ? ''
      : `\n${plan.notes.map((note) => `! ${printable(note)}\n`).join('')}`,
    items.length === 0 ? '' : `\n${plannedTable(items)}`,
    next === null
      ? ''
      : `All of them: ${tools.command(`plans objects ${plan.id} ${target} --all`)}\n`,
    diffable === undefined
      ? ''
      : `What would change: ${tools.command(`plans diff ${plan.id} ${quoted(diffable.path)} ${target}`)}\n`,
    nextStep(plan, tools.command(`restores start ${plan.id} ${target} --wait`)),
  ].join('');
}

function nextStep({ state, counts, options }: Plan, start: string): string {
  if (state !== 'open') return `\nThis plan is ${state}; make a new one.\n`;
  if (counts.create + counts.update + counts.replace === 0)
    return '\nNothing would change; there is nothing to start.\n';
  return `\n${options.dryRun ? 'Nothing was changed. Try it without writing' : 'Nothing was changed yet. Do it'}: ${start}\n`;
}

function countsWords({ counts }: Plan): string {
  const said = plannedActions.filter((action) => counts[action] > 0);
  return said.length === 0
    ? 'do nothing: no object is chosen'
    : said.map((action) => `${action} ${figure(counts[action])}`).join(', ');
}

const checks: Readonly<Record<PlannedObject['checked'], string>> = {
  dryRun: 'agreed by the API server',
  notBeforehand: 'not checked beforehand',
  notCheckable: 'not checkable',
  notNeeded: '',
};

/** Not checked, and no more said: then what it belongs to is missing yet. */
function checkWords({ checked, reason }: PlannedObject): string {
  if (checked !== 'notBeforehand') return [checks[checked], reason].filter(Boolean).join('; ');
  return `${checks[checked]}: ${reason ?? 'its namespace or its kind does not exist yet'}`;
}

const plannedTable = (items: readonly PlannedObject[]): string =>
  items.length === 0
    ? 'No object matches.\n'
    : table(items, [
        { title: 'ACTION', of: ({ action }) => action },
        { title: 'KIND', of: ({ resource }) => resource },
        { title: 'NAMESPACE', of: ({ namespace }) => namespace ?? '' },
        {
          title: 'NAME',
          of: ({ name, alsoNeeded }) => `${name}${alsoNeeded ? ' (also needed)' : ''}`,
        },
        {
          title: '',
          of: checkWords,
        },
      ]);

const restoredTable = (items: readonly RestoredObject[]): string =>
  items.length === 0
    ? 'No object matches.\n'
    : table(items, [
        { title: 'OUTCOME', of: ({ outcome }) => outcome },
        { title: 'KIND', of: ({ resource }) => resource },
        { title: 'NAMESPACE', of: ({ namespace }) => namespace ?? '' },
        { title: 'NAME', of: ({ name }) => name },
        { title: '', of: ({ message }) => message ?? '' },
      ]);

const outcomesLine = (outcomes: Readonly<Record<string, number>>): string => {
  const said = Object.entries(outcomes).filter(([, value]) => value > 0);
  const total = said.reduce((sum, [, value]) => sum + value, 0);
  const words = said.map(([name, value]) => countWords(name, value)).join(', ');
  return `${count(total, 'object')}${total === 0 ? '' : `: ${words}`}.\n`;
};

/** After a restore: how many of each outcome, and the objects that need a look. */
export async function restoreOutcome(
  { id, cluster }: Pick<Run, 'id' | 'cluster'>,
  { call, command }: Tools,
): Promise<string> {
  const at = { cluster, run: id };
  const { outcomes } = await call(restoresApi.show, { params: at });
  const worrying = (['failed', 'conflict'] as const).filter((name) => (outcomes[name] ?? 0) > 0);
  const lists = await Promise.all(
    worrying.map((outcome) =>
      call(restoresApi.objects, { params: at, query: { outcome, limit: firstObjects } }),
    ),
  );
  const items = lists.flatMap((list) => list.items);
  return [
    outcomesLine(outcomes),
    items.length === 0 ? '' : restoredTable(items),
    `Object by object: ${command(`restores objects ${id} --cluster ${quoted(cluster)} --all`)}\n`,
  ].join('');
}
