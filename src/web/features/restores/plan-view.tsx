import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type Plan, plannedActions, restoresApi } from '#shared/restores/restores.contract.ts';
import { count, figure } from '#shared/words/format.models.ts';
import { useAct } from '../../lib/act.ts';
import { keys } from '../../lib/keys.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Copy } from '../../ui/copy.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
import { looks } from '../../ui/states.models.ts';
import { Time } from '../../ui/time.tsx';
import { PlanDiff } from './plan-diff.tsx';
import styles from './plan-view.module.css';
import { PlannedObjects } from './planned-objects.tsx';
import { commandOf, type RestoreSearch, searchOf } from './restore-search.models.ts';
import { planSentence, planTitle, troubleSentence, writesOf } from './restore-words.models.ts';
import { planQuery } from './restores.queries.ts';

type Props = {
  cluster: string;
  plan: string;
  search: RestoreSearch;
  onSearch: (change: Partial<RestoreSearch>) => void;
};

const crumbs = [{ label: 'Restores', to: '/restores' }, { label: 'New' }];

/** What a restore would do, object by object, before anything happens. */
export function PlanView(props: Props) {
  const query = useQuery(planQuery(props.cluster, props.plan));
  if (query.data) return <ReadPlan {...props} plan={query.data} />;
  return (
    <Page title="Restore" breadcrumbs={crumbs}>
      <QueryState what="The plan" query={query} rows={8}>
        {() => null}
      </QueryState>
    </Page>
  );
}

function ReadPlan({ cluster, plan, search, onSearch }: Omit<Props, 'plan'> & { plan: Plan }) {
  const action = plannedActions.find((one) => one === search.action);
  const chips = plannedActions
    .filter((one) => plan.counts[one] > 0)
    .map((one) => ({ value: one, label: looks[one].word, count: plan.counts[one] }));
  const all = Object.values(plan.counts).reduce((sum, some) => sum + some, 0);
  return (
    <Page
      title={planTitle(plan)}
      lede={<Lede plan={plan} />}
      breadcrumbs={crumbs}
      actions={<PlanActions cluster={cluster} plan={plan} />}
    >
      <Notes notes={plan.notes} />
      <Chips
        label="What the plan would do"
        chips={[{ value: 'all', label: 'All', count: all }, ...chips]}
        value={action ?? 'all'}
        onChange={(value) => onSearch({ action: value === 'all' ? undefined : value })}
      />
      <div className={styles['columns']}>
        <PlannedObjects
          cluster={cluster}
          plan={plan.id}
          action={action}
          chosen={search.object}
          onChoose={(object) => onSearch({ object })}
        />
        {search.object !== undefined && (
          <PlanDiff cluster={cluster} plan={plan.id} path={search.object} />
        )}
      </div>
      <p className={styles['foot']}>
        Plan made <Time at={plan.createdAt} />; it {plan.state === 'expired' ? 'ended' : 'ends'}{' '}
        <Time at={plan.expiresAt} />. Whatever changes meanwhile is left alone and named.{' '}
        <Copy text={commandOf(plan.options, cluster)} what="the command that makes this plan" />
      </p>
    </Page>
  );
}

function Lede({ plan }: { plan: Plan }) {
  const trouble = troubleSentence(plan.counts);
  return (
    <>
      From <b>{plan.backup}</b> of {plan.source}. {planSentence(plan.counts)}
      {trouble !== '' && <b> {trouble}</b>}
    </>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className={styles['notes']} aria-label="Read this first">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function PlanActions({ cluster, plan }: { cluster: string; plan: Plan }) {
  const [asking, setAsking] = useState(false);
  const start = useStart(cluster, plan);
  const writes = writesOf(plan.counts);
  return (
    <>
      <LinkButton
        to="/restores/new"
        search={(before) => ({ cluster: before.cluster, ...searchOf(plan.options) })}
      >
        Change options
      </LinkButton>
      <Button
        look="primary"
        pending={start.pending}
        reason={start.reason}
        onClick={() => setAsking(true)}
      >
        {plan.options.dryRun
          ? `Try out ${count(writes, 'object')}`
          : `Restore ${count(writes, 'object')}`}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`${planTitle(plan)}?`}
        consequence={consequenceOf(plan)}
        action={`Restore ${count(writes, 'object')}`}
        {...(plan.counts.replace > 0 && { typed: cluster })}
        pending={start.pending}
        onConfirm={start.run}
      />
    </>
  );
}

/** Starts the plan and goes to its run. */
function useStart(cluster: string, plan: Plan) {
  const navigate = useNavigate();
  const { may, reason } = useMay('restores:start', { cluster });
  const act = useAct({
    endpoint: restoresApi.start,
    words: { doing: `Starting the restore into ${cluster}`, done: () => 'The restore has begun' },
    invalidates: [keys.runs(cluster), keys.plan(cluster, plan.id)],
  });
  const run = async () => {
    const started = await act.run({ params: { cluster }, body: { plan: plan.id } });
    if (started)
      await navigate({
        to: '/restores/$restore',
        params: { restore: started.id },
        search: (before) => ({ cluster: before.cluster }),
      });
  };
  return { run: () => void run(), pending: act.pending, reason: may ? whyNot(plan) : reason };
}

function whyNot({ state, counts, run }: Plan): string | null {
  if (run !== null || state === 'used') return 'This plan was carried out already.';
  if (state === 'expired')
    return 'This plan is too old: make it anew, what it says may not hold any more.';
  return writesOf(counts) === 0 ? 'There is nothing to write.' : null;
}

function consequenceOf({ cluster, counts, options }: Plan): string {
  const overwritten = counts.update + counts.replace;
  const parts = [
    `${figure(writesOf(counts))} objects are written into ${cluster}.`,
    overwritten > 0 && `What ${count(overwritten, 'object')} hold now is overwritten.`,
    counts.replace > 0 &&
      `${count(counts.replace, 'object')} are deleted first; that cannot be undone.`,
    options.dryRun && 'Only a dry run: nothing is written.',
  ];
  return parts.filter((part) => part !== false).join(' ');
}
