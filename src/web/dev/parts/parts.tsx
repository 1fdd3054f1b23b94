import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import type { Run } from '#shared/runs/runs.contract.ts';
import { Button, type ButtonLook } from '../../ui/button.tsx';
import { CheckList } from '../../ui/check-list.tsx';
import { Chips } from '../../ui/chips.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Copy } from '../../ui/copy.tsx';
import type { Column } from '../../ui/column.types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorBox } from '../../ui/error-box.tsx';
import { FieldChange } from '../../ui/field-change.tsx';
import { Forbidden } from '../../ui/forbidden.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type IconName, strokes } from '../../ui/icon.models.ts';
import { Loading } from '../../ui/loading.tsx';
import { Name } from '../../ui/name.tsx';
import { RunProgress } from '../../ui/run-progress.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Stale } from '../../ui/stale.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { looks, type State } from '../../ui/states.models.ts';
import { Time } from '../../ui/time.tsx';
import { Toaster } from '../../ui/toaster.tsx';
import { toasts } from '../../ui/toasts.ts';
import styles from './parts.module.css';

/** Every part in all its states, for whoever changes one: `npm run dev`, then /dev/parts/. */
export function Parts() {
  return (
    <main className={styles['parts']}>
      <h1>Parts</h1>
      <Part name="State badge">
        {(Object.keys(looks) as State[]).map((state) => (
          <StateBadge key={state} state={state} />
        ))}
      </Part>
      <Part name="Icon">
        {(Object.keys(strokes) as IconName[]).map((name) => (
          <span key={name} title={name}>
            <Icon name={name} />
          </span>
        ))}
      </Part>
      <Buttons />
      <Frames />
      <Words />
      <Part name="Progress">
        <RunProgress run={run} />
        <RunProgress run={withoutEnd} />
        <RunProgress run={{ ...run, state: 'waiting', reason: 'A restore is ahead of it.' }} />
      </Part>
      <Part name="Difference">
        <FieldChange change={{ path: '/data/currency', before: '"EUR"', after: '"USD"' }} />
        <FieldChange change={{ path: '/data/text', before: '"a\\nb\\nc"', after: '"a\\nB\\nc"' }} />
      </Part>
      <Fields />
      <Part name="Toasts">
        <Button onClick={say}>Say one of each</Button>
        <Button onClick={burst}>Say a thousand</Button>
      </Part>
      <Table />
      <Toaster />
    </main>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      <div className={styles['states']}>{children}</div>
    </section>
  );
}

const buttonLooks: readonly ButtonLook[] = ['primary', 'plain', 'quiet', 'danger'];

function Buttons() {
  const [asking, setAsking] = useState(false);
  return (
    <Part name="Button and confirm">
      {buttonLooks.map((look) => (
        <Button key={look} look={look} icon="check">
          {look}
        </Button>
      ))}
      <Button size="small">small</Button>
      <Button pending>pending</Button>
      <Button reason="This needs the right backups:delete.">not allowed</Button>
      <Button look="danger" onClick={() => setAsking(true)}>
        Delete nightly-1
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Delete nightly-1?"
        consequence="What it holds cannot be restored any more."
        action="Delete backup"
        typed="production"
        onConfirm={() => setAsking(false)}
      />
    </Part>
  );
}

const Frames = () => (
  <Part name="Frames">
    <Loading waitsFor="the backups" />
    <Empty title="There is no backup yet" why="A backup holds the objects of the cluster." />
    <Forbidden permission="audit:read" />
    <ErrorBox error={new Error('The disk is full. Nothing was written.')} onRetry={() => {}} />
    <Stale since={minutesAgo(12)} why="The server did not answer." onRetry={() => {}} />
  </Part>
);

const Words = () => (
  <Part name="Name, time, copy, panel">
    <Name name="nightly-20261123020000" />
    <Name name={`${'very-long-'.repeat(25)}end`} mono />
    <Time at={new Date(minutesAgo(12)).toISOString()} />
    <Copy text="text" what="the name" shown />
    <Disclosure label="Panel" icon="filter">
      inside
    </Disclosure>
  </Part>
);

function Fields() {
  const [search, setSearch] = useState('');
  const [chip, setChip] = useState('all');
  const [chosen, setChosen] = useState<readonly string[]>(['shop']);
  return (
    <Part name="Fields">
      <SearchField value={search} onChange={setSearch} />
      <Chips
        label="State"
        value={chip}
        onChange={setChip}
        chips={[
          { value: 'all', label: 'All', count: 12 },
          { value: 'failed', label: 'Failed', count: 1 },
        ]}
      />
      <CheckList
        legend="Namespaces"
        all="All of them"
        options={['shop', 'ledger', 'very-long-'.repeat(6)].map((value) => ({
          value,
          label: value,
          note: '3 objects',
        }))}
        chosen={chosen}
        onChange={setChosen}
      />
    </Part>
  );
}

type Row = { id: string; state: State; size: number };
const states = ['completed', 'partial', 'failed', 'running', 'unknown'] as const;
const rows: readonly Row[] = Array.from({ length: 100_000 }, (_, at) => ({
  id: `nightly-${at}`,
  state: states[at % states.length] ?? 'unknown',
  size: at * 17,
}));
const columns: readonly Column<Row>[] = [
  { head: 'State', look: 'state', cell: ({ state }) => <StateBadge state={state} /> },
  { head: 'Name', share: 3, cell: ({ id }) => <a href={`#${id}`}>{id}</a> },
  { head: 'Size', look: 'number', cell: ({ size }) => size },
];

function Table() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const found = useMemo(() => rows.filter(({ id }) => id.includes(wanted)), [wanted]);
  return (
    <section aria-label="Table">
      <h2>Table of {found.length} rows</h2>
      <SearchField label="Row contains" value={search} onChange={setSearch} />
      <DataTable
        caption="Rows"
        columns={columns}
        rows={found}
        keyOf={({ id }) => id}
        selection={{ chosen, onChange: setChosen, labelOf: ({ id }) => `Select ${id}` }}
      />
    </section>
  );
}

const minutesAgo = (minutes: number): number => Date.now() - minutes * 60_000;

const run: Run = {
  id: '0190b7f0-0000-7000-8000-000000000000',
  cluster: 'production',
  kind: 'backup',
  state: 'running',
  reason: null,
  backup: 'nightly-1',
  plan: null,
  priority: 'high',
  schedule: null,
  slot: null,
  createdBy: 'local',
  createdAt: new Date(minutesAgo(2)).toISOString(),
  startedAt: new Date(minutesAgo(2)).toISOString(),
  finishedAt: null,
  progress: {
    doing: 'Reading pods.',
    items: { done: 250, total: 1000 },
    bytes: { done: 1024 * 1024, total: null },
  },
  problem: null,
  result: null,
};
const withoutEnd: Run = {
  ...run,
  progress: { ...run.progress, items: { done: 250, total: null } },
};

function say(): void {
  toasts.loading('Deleting nightly-1');
  toasts.note({ title: 'nightly-2 was canceled', detail: 'What was written is gone.' });
  toasts.error(null, { title: 'The disk is full.', detail: 'Nothing was written.' });
}

function burst(): void {
  for (let at = 0; at < 1000; at += 1) toasts.note({ title: `event ${at}` });
}
