import { useQuery } from '@tanstack/react-query';
import { type ChangeEvent, useId } from 'react';
import { duration } from '#shared/backups/backups.contract.ts';
import type { Preview } from '#shared/schedules/preview.contract.ts';
import { scheduleName } from '#shared/schedules/schedule.contract.ts';
import { useCluster } from '../../lib/cluster.ts';
import { namespacesQuery } from '../../lib/namespaces.queries.ts';
import { CheckList } from '../../ui/check-list.tsx';
import { Chips } from '../../ui/chips.tsx';
import { QueryState } from '../../ui/region.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { DayChoice } from './day-choice.tsx';
import type { Choices } from './form-choices.models.ts';
import styles from './schedules.module.css';

type Props = {
  choices: Choices;
  /** What a new one is called if nobody says otherwise; null: its name stands. */
  usualName: string | null;
  error: Preview['error'];
  faults: Readonly<Record<string, string>>;
  onChange: (some: Partial<Choices>) => void;
};

type TextName =
  | 'name'
  | 'expression'
  | 'timezone'
  | 'retention'
  | 'jitter'
  | 'targetRpo'
  | 'catchUpWithin'
  | 'kinds'
  | 'excludedKinds'
  | 'excludedNamespaces'
  | 'labelSelector';

/** When, what, and for how long; what few need is folded away. */
export function ScheduleFields({ choices, usualName, error, faults, onChange }: Props) {
  const faultOf = (field: string) => (error?.field === field ? saidOf(error) : faults[field]);
  const text = (name: TextName, field: string = name) => ({
    value: choices[name],
    fault: faultOf(field),
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: ChangeEvent<HTMLInputElement>) => onChange({ [name]: event.target.value }),
  });
  return (
    <>
      {usualName !== null && (
        <TextField
          label={`Name, if ${usualName} will not do`}
          rule={scheduleName}
          {...text('name')}
        />
      )}
      <Frequency choices={choices} onChange={onChange} text={text} />
      <TextField label="Time zone" list="zones" {...text('timezone')} />
      <Zones />
      <TextField
        label="Keep them for, such as 7d, forever, or daily 7, weekly 4"
        {...text('retention')}
      />
      <Namespaces choices={choices} onChange={onChange} />
      <SelectField
        label="Type"
        value={choices.type}
        options={types}
        onChange={(type) => onChange({ type })}
      />
      <SelectField
        label="Priority"
        value={choices.priority}
        options={priorities}
        onChange={(priority) => onChange({ priority })}
      />
      <More choices={choices} onChange={onChange} text={text} />
    </>
  );
}

const saidOf = ({ message, from, to, suggestion }: NonNullable<Preview['error']>): string =>
  [
    message,
    to > from ? `Characters ${from + 1} to ${to}.` : '',
    suggestion === null ? '' : `Did you mean ${suggestion}?`,
  ]
    .filter(Boolean)
    .join(' ');

type TextProps = (name: TextName, field?: string) => Omit<Parameters<typeof TextField>[0], 'label'>;
type PartProps = Pick<Props, 'choices' | 'onChange'>;

function Frequency({ choices, onChange, text }: PartProps & { text: TextProps }) {
  return (
    <>
      <Chips
        label="How the time is given"
        value={choices.mode}
        chips={[
          { value: 'expression', label: 'At a time' },
          { value: 'window', label: 'In a window' },
        ]}
        onChange={(mode) => onChange({ mode })}
      />
      {choices.mode === 'expression' ? (
        <TextField
          label="Frequency: a cron expression, @daily or @every 6h"
          {...text('expression', 'frequency')}
        />
      ) : (
        <DayChoice
          legend="It begins in this window; Lifeboat picks the quietest time"
          window={choices}
          onChange={onChange}
        />
      )}
    </>
  );
}

const Zones = () => (
  <datalist id="zones">
    {Intl.supportedValuesOf('timeZone').map((zone) => (
      <option key={zone} value={zone}>
        {zone}
      </option>
    ))}
  </datalist>
);

function Namespaces({ choices, onChange }: PartProps) {
  const cluster = useCluster();
  const query = useQuery(namespacesQuery(cluster));
  return (
    <QueryState what="The namespaces of the cluster" query={query}>
      {({ items }) => (
        <CheckList
          legend="Namespaces"
          all={`The whole of ${cluster}, what belongs to no namespace too`}
          options={items.map((one) => ({ value: one.name, label: one.name, note: '' }))}
          chosen={choices.namespaces}
          onChange={(namespaces) => onChange({ namespaces })}
        />
      )}
    </QueryState>
  );
}

const types = [
  { value: 'incremental', label: 'Incremental: what changed since the last one' },
  { value: 'full', label: 'Full: everything again' },
] as const;
const priorities = [
  { value: 'urgent', label: 'Urgent' },
  { value: 'high', label: 'High, as what people start by hand' },
  { value: 'normal', label: 'Normal' },
  { value: 'low', label: 'Low' },
] as const;
const missed = [
  { value: 'latest', label: 'Make up for the latest' },
  { value: 'none', label: 'Make up for none' },
  { value: 'all', label: 'Make up for all that are young enough' },
] as const;
const overlaps = [
  { value: 'skip', label: 'Skip the slot' },
  { value: 'wait', label: 'Let one run wait' },
] as const;

/** What few need. */
function More({ choices, onChange, text }: PartProps & { text: TextProps }) {
  const id = useId();
  return (
    <details className={styles['more']} aria-labelledby={id}>
      <summary id={id}>Missed slots, overlap, spread, target, kinds, labels</summary>
      <SelectField
        label="Slots that nobody was there for"
        value={choices.missedRuns}
        options={missed}
        onChange={(missedRuns) => onChange({ missedRuns })}
      />
      {choices.missedRuns === 'all' && (
        <TextField label="Not older than, such as 24h" rule={duration} {...text('catchUpWithin')} />
      )}
      <SelectField
        label="When the run before is not over"
        value={choices.overlap}
        options={overlaps}
        onChange={(overlap) => onChange({ overlap })}
      />
      <TextField label="Spread the start over, such as 10m" rule={duration} {...text('jitter')} />
      <TextField label="May lose at most, such as 24h" rule={duration} {...text('targetRpo')} />
      <TextField label="All but these namespaces" {...text('excludedNamespaces')} />
      <TextField label="Only these kinds, such as deployments.apps, secrets" {...text('kinds')} />
      <TextField label="All but these kinds" {...text('excludedKinds')} />
      <TextField label="Only with labels, such as app=web" {...text('labelSelector')} />
    </details>
  );
}
