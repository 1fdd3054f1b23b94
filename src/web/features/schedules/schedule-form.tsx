import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { Problem } from '#shared/http/problem.ts';
import type { Preview, Remedy } from '#shared/schedules/preview.contract.ts';
import type { ScheduleSpec } from '#shared/schedules/schedule.contract.ts';
import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { useCluster } from '../../lib/cluster.ts';
import { commandOf, curlOf } from '../../lib/copy-as.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Copy } from '../../ui/copy.tsx';
import { faultsIn } from '../../ui/field-fault.models.ts';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { type Choices, choicesOf, specOf } from './form-choices.models.ts';
import { ScheduleFields } from './schedule-fields.tsx';
import { SchedulePreview } from './schedule-preview.tsx';
import { previewQuery } from './schedules.queries.ts';
import styles from './schedules.module.css';
import { useSettled } from './settled.ts';

type Props = {
  initial: Choices;
  /** The schedule that is edited; null: a new one. */
  edits: string | null;
  pending: boolean;
  problem: Problem | null;
  onSave: (given: Saved) => void;
  onCancel: () => void;
};

type Saved = { name: string; spec: ScheduleSpec; acceptWarnings: boolean; replaces: string[] };

/** While it is filled in, beside it stands what it would do. */
export function ScheduleForm({ initial, edits, pending, problem, onSave, onCancel }: Props) {
  const cluster = useCluster();
  const [choices, setChoices] = useState(initial);
  const [replaces, setReplaces] = useState<readonly string[]>([]);
  const [accepted, setAccepted] = useState<string | null>(null);
  const change = (some: Partial<Choices>) => setChoices((known) => ({ ...known, ...some }));
  const spec = specOf(choices);
  const name = edits ?? (choices.name.trim() || undefined);
  const given = useSettled(useDeferredValue({ spec, replaces }));
  const preview = useQuery(previewQuery(cluster, name, given));
  const warned = warningsOf(preview.data);
  const acceptWarnings = warned !== '' && accepted === warned;
  const { reason } = useMay('schedules:manage', { cluster, namespaces: spec.namespaces ?? 'all' });
  const stop = reason ?? reasonToStop(preview.data, acceptWarnings);
  const onRemedy = ({ change: fields, replaces: more }: Remedy) => {
    setChoices(choicesOf(choices.name, { ...spec, ...fields }));
    setReplaces((known) => [...new Set([...known, ...more])]);
  };
  return (
    <form
      className={styles['columns']}
      onSubmit={(event) => {
        event.preventDefault();
        if (stop === null && !pending)
          onSave({ name: choices.name.trim(), spec, acceptWarnings, replaces: [...replaces] });
      }}
    >
      <div className={styles['form']}>
        <ScheduleFields
          choices={choices}
          usualName={edits === null ? usualNameIn(preview.data, choices) : null}
          error={preview.data?.error ?? null}
          faults={faultsIn(problem)}
          onChange={change}
        />
      </div>
      <div className={styles['form']}>
        <SchedulePreview
          query={preview}
          spec={spec}
          name={name}
          onRemedy={onRemedy}
          onFrequency={(expression) => change({ mode: 'expression', expression })}
        />
        <Replaced
          names={replaces}
          onKeep={(kept) => setReplaces((known) => known.filter((one) => one !== kept))}
        />
        {warned !== '' && (
          <label className={styles['tick']}>
            <input
              type="checkbox"
              checked={acceptWarnings}
              onChange={(event) => setAccepted(event.target.checked ? warned : null)}
            />
            Save it although the check warns
          </label>
        )}
        <ProblemBox problem={problem} />
        <CopyAs spec={spec} name={name} replaces={replaces} />
        <div className={styles['buttons']}>
          <Button type="submit" look="primary" pending={pending} reason={stop}>
            Save schedule
          </Button>
          <Button onClick={onCancel}>Cancel</Button>
        </div>
      </div>
    </form>
  );
}

/** While a name is typed, the answer is about that one. */
const usualNameIn = (preview: Preview | undefined, { name }: Choices): string =>
  name.trim() === '' && preview?.error === null ? preview.name : 'the usual one';

/** What was ticked counts for these warnings only: others ask again. */
const warningsOf = (preview: Preview | undefined): string =>
  (preview?.findings ?? [])
    .filter(({ severity }) => severity === 'warning')
    .map(({ kind, schedules }) => `${kind} ${schedules.join(' ')}`)
    .join('\n');

function reasonToStop(preview: Preview | undefined, acceptWarnings: boolean): string | null {
  if (preview === undefined) return 'It is being checked.';
  if (preview.error) return `First correct it: ${preview.error.message}`;
  if (preview.findings.some(({ severity }) => severity === 'error'))
    return 'First solve what is marked as an error.';
  return warningsOf(preview) === '' || acceptWarnings
    ? null
    : 'First solve the warnings or accept them.';
}

type ReplacedProps = { names: readonly string[]; onKeep: (name: string) => void };

/** Those that rest once it is saved: each can still be kept going. */
function Replaced({ names, onKeep }: ReplacedProps) {
  if (names.length === 0) return null;
  return (
    <section aria-label="What rests once it is saved" className={styles['form']}>
      <p>
        {names.length === 1
          ? 'Rests once this is saved; its backups stay, and it can be resumed:'
          : 'Rest once this is saved; their backups stay, and they can be resumed:'}
      </p>
      <ul className={styles['next']}>
        {names.map((one) => (
          <li key={one}>
            <bdi>{one}</bdi>
            <Button size="small" label={`Keep ${one} going`} onClick={() => onKeep(one)}>
              Keep going
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

type CopyProps = { spec: ScheduleSpec; name: string | undefined; replaces: readonly string[] };

function CopyAs({ spec, name, replaces }: CopyProps) {
  const cluster = useCluster();
  const { engine: _, frequency, retention, ...flags } = spec;
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const command = commandOf('schedules create', {
    flags: {
      cluster,
      name,
      frequency: text(frequency),
      retention: text(retention),
      ...flags,
      ...(replaces.length > 0 && { replaces }),
    },
  });
  const body = { ...spec, replaces: [...replaces], ...(name !== undefined && { name }) };
  const request = { params: { cluster }, body };
  return (
    <p className={styles['buttons']}>
      <Copy text={command} what="as command" shown />{' '}
      <Copy text={curlOf(schedulesApi.create, request)} what="as curl" shown />
    </p>
  );
}
