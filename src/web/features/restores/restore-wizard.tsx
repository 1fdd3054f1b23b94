import { useNavigate } from '@tanstack/react-router';
import { restoresApi } from '#shared/restores/restores.contract.ts';
import { useAct } from '../../lib/act.ts';
import { keys } from '../../lib/keys.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { OptionsStep } from './options-step.tsx';
import { PlanView } from './plan-view.tsx';
import { PointStep } from './point-step.tsx';
import { optionsOf, type RestoreSearch } from './restore-search.models.ts';
import { ScopeStep } from './scope-step.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import styles from './wizard-steps.module.css';

type Props = { search: RestoreSearch };

/** Point, scope, options, plan: each choice stands in the address. */
export function RestoreWizard({ search }: Props) {
  const cluster = useCluster();
  const navigate = useNavigate();
  const change = (some: Partial<RestoreSearch>) =>
    void navigate({ to: '/restores/new', search: { ...search, ...some }, replace: true });
  if (search.plan !== undefined)
    return <PlanView cluster={cluster} plan={search.plan} search={search} onSearch={change} />;
  return <Choose cluster={cluster} search={search} onChange={change} />;
}

type ChooseProps = {
  cluster: string;
  search: RestoreSearch;
  onChange: (change: Partial<RestoreSearch>) => void;
};

function Choose({ cluster, search, onChange }: ChooseProps) {
  const source = search.source ?? cluster;
  return (
    <Page
      title={`Restore into ${cluster}`}
      lede="Choose what comes back and how; a plan then shows what would happen to each object before anything does."
      breadcrumbs={[{ label: 'Restores', to: '/restores' }, { label: 'New' }]}
    >
      <div className={styles['steps']}>
        <PointStep
          cluster={source}
          chosen={search.backup}
          onChoose={(backup) =>
            onChange({ backup, namespaces: undefined, kinds: undefined, objects: undefined })
          }
        />
        {search.backup !== undefined && (
          <>
            <ScopeStep
              cluster={source}
              backup={search.backup}
              search={search}
              onChange={onChange}
            />
            <OptionsStep cluster={cluster} search={search} onChange={onChange} />
          </>
        )}
        <MakePlan cluster={cluster} search={search} />
      </div>
    </Page>
  );
}

/** Asks the server for the plan; its refusal stands beside the button, what was chosen stays. */
function MakePlan({ cluster, search }: Omit<ChooseProps, 'onChange'>) {
  const navigate = useNavigate();
  const options = optionsOf(search, cluster);
  const act = useAct({
    endpoint: restoresApi.plan,
    words: { doing: 'Making the plan', done: () => 'The plan is ready' },
    invalidates: [keys.plans(cluster)],
  });
  const make = async () => {
    if (options === null) return;
    const plan = await act.run({ params: { cluster }, body: options });
    if (plan) await navigate({ to: '/restores/new', search: { ...search, plan: plan.id } });
  };
  return (
    <div className={styles['make']}>
      <ProblemBox problem={act.problem} />
      <Button
        look="primary"
        pending={act.pending}
        reason={options === null ? 'Choose a restore point first.' : null}
        onClick={() => void make()}
      >
        Show the plan
      </Button>
    </div>
  );
}
