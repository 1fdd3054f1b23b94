import { useId } from 'react';
import type { RestoreOptions } from '#shared/restores/restores.contract.ts';
import { useClusters } from '../../lib/cluster.ts';
import type { RestoreSearch } from './restore-search.models.ts';
import styles from './wizard-steps.module.css';

type Props = {
  cluster: string;
  search: RestoreSearch;
  onChange: (change: Partial<RestoreSearch>) => void;
};

type Policy = RestoreOptions['conflictPolicy'];

const policies: readonly { value: Policy; label: string; what: string }[] = [
  {
    value: 'skip',
    label: 'Leave it',
    what: 'What exists stays as it is; only what is lost comes back.',
  },
  {
    value: 'update',
    label: 'Update it',
    what: 'What exists is changed to what the backup holds; fields added since go.',
  },
  {
    value: 'replace',
    label: 'Replace it',
    what: 'What exists is deleted and created anew, for what cannot be updated.',
  },
];

/** How it comes back: into which namespaces, and what happens to what exists. */
export function OptionsStep({ cluster, search, onChange }: Props) {
  return (
    <fieldset className={styles['step']}>
      <legend className={styles['legend']}>How it comes back</legend>
      <Target cluster={cluster} />
      <Mapping search={search} onChange={onChange} />
      <fieldset className={styles['checks']}>
        <legend>When an object exists and differs</legend>
        {policies.map(({ value, label, what }) => (
          <label key={value} className={styles['policy']}>
            <input
              type="radio"
              name="conflict-policy"
              checked={(search.conflictPolicy ?? 'skip') === value}
              onChange={() => onChange({ conflictPolicy: value === 'skip' ? undefined : value })}
            />
            <span>
              {label}
              <span className={styles['what']}>{what}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label className={styles['policy']}>
        <input
          type="checkbox"
          checked={search.dryRun ?? false}
          onChange={(event) => onChange({ dryRun: event.target.checked || undefined })}
        />
        <span>
          Only try it out
          <span className={styles['what']}>
            The API server is asked for each object, nothing is written.
          </span>
        </span>
      </label>
    </fieldset>
  );
}

/** The cluster is chosen at the top of the page: here stands what that means. */
function Target({ cluster }: { cluster: string }) {
  const { data: clusters = [] } = useClusters();
  return (
    <p className={styles['hint']}>
      Into <bdi>{cluster}</bdi>
      {clusters.length > 1 && '; another cluster is chosen at the top of the page'}.
    </p>
  );
}

function Mapping({ search, onChange }: Omit<Props, 'cluster'>) {
  const { namespaces = [], mapping = {} } = search;
  if (namespaces.length === 0)
    return (
      <p className={styles['hint']}>
        To restore a namespace under another name, choose it in the step before.
      </p>
    );
  const rename = (from: string, to: string) => onChange({ mapping: { ...mapping, [from]: to } });
  return (
    <fieldset className={styles['checks']}>
      <legend>Into which namespace</legend>
      {namespaces.map((from) => (
        <MappingField
          key={from}
          from={from}
          to={mapping[from] ?? ''}
          onChange={(to) => rename(from, to)}
        />
      ))}
    </fieldset>
  );
}

type FieldProps = { from: string; to: string; onChange: (to: string) => void };

function MappingField({ from, to, onChange }: FieldProps) {
  const id = useId();
  return (
    <div className={styles['mapping']}>
      <label htmlFor={id}>
        <bdi>{from}</bdi> becomes
      </label>
      <input
        id={id}
        className={styles['mono']}
        value={to}
        maxLength={63}
        placeholder={from}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value.trim().toLowerCase())}
      />
    </div>
  );
}
