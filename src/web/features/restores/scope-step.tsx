import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { BackupDetail } from '#shared/backups/backups.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { QueryState } from '../../ui/region.tsx';
import { CheckList } from '../../ui/check-list.tsx';
import type { RestoreSearch } from './restore-search.models.ts';
import { backupNamespacesQuery, restorePointQuery } from './restores.queries.ts';
import styles from './wizard-steps.module.css';

type Props = {
  cluster: string;
  backup: string;
  search: RestoreSearch;
  onChange: (change: Partial<RestoreSearch>) => void;
};

/** What of the backup: everything, some namespaces, kinds or labels, or single objects. */
export function ScopeStep({ cluster, backup, search, onChange }: Props) {
  const detail = useQuery(restorePointQuery(cluster, backup));
  return (
    <fieldset className={styles['step']}>
      <legend className={styles['legend']}>What comes back</legend>
      {search.objects && search.objects.length > 0 ? (
        <ChosenObjects objects={search.objects} onAll={() => onChange({ objects: undefined })} />
      ) : (
        <QueryState what="What the backup holds" query={detail}>
          {(found) => (
            <Choices backup={found} cluster={cluster} search={search} onChange={onChange} />
          )}
        </QueryState>
      )}
    </fieldset>
  );
}

function ChosenObjects({ objects, onAll }: { objects: readonly string[]; onAll: () => void }) {
  return (
    <div>
      <p>{count(objects.length, 'single object')}:</p>
      <ul className={styles['objects']}>
        {objects.slice(0, 20).map((path) => (
          <li key={path}>{path}</li>
        ))}
      </ul>
      {objects.length > 20 && <p>… and {count(objects.length - 20, 'more object')}.</p>}
      <button type="button" className={styles['linkLike']} onClick={onAll}>
        Choose by namespace and kind instead
      </button>
    </div>
  );
}

type ChoicesProps = Omit<Props, 'backup'> & { backup: BackupDetail };

function Choices({ backup, cluster, search, onChange }: ChoicesProps) {
  const namespaces = useQuery(backupNamespacesQuery(cluster, backup.id));
  const kinds = backup.kinds.map(({ resource, objects }) => ({
    value: resource,
    label: resource,
    note: count(objects, 'object'),
  }));
  return (
    <>
      <QueryState what="The namespaces of the backup" query={namespaces}>
        {(found) => (
          <CheckList
            legend="Namespaces"
            all="All namespaces and what belongs to the whole cluster"
            options={found.map((name) => ({ value: name, label: name, note: '' }))}
            chosen={search.namespaces ?? []}
            onChange={(chosen) => onChange({ namespaces: chosen.length > 0 ? chosen : undefined })}
          />
        )}
      </QueryState>
      <CheckList
        legend="Kinds"
        all="All kinds"
        options={kinds}
        chosen={search.kinds ?? []}
        onChange={(chosen) => onChange({ kinds: chosen.length > 0 ? chosen : undefined })}
      />
      <LabelField
        value={search.labelSelector ?? ''}
        onChange={(labelSelector) => onChange({ labelSelector: labelSelector || undefined })}
      />
    </>
  );
}

function LabelField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>Only with labels</label>
      <input
        id={id}
        className={styles['mono']}
        value={value}
        maxLength={4096}
        spellCheck={false}
        placeholder="app=web,tier in (a,b)"
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
