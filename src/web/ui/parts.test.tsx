import { screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import type { Run } from '#shared/runs/runs.contract.ts';
import { Button } from './button.tsx';
import { CheckList } from './check-list.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Copy } from './copy.tsx';
import { Disclosure } from './disclosure.tsx';
import { FieldChange } from './field-change.tsx';
import { Name } from './name.tsx';
import { RunProgress } from './run-progress.tsx';
import { StateBadge } from './state-badge.tsx';
import { looks } from './states.models.ts';
import { draw } from './testing/draw.tsx';
import { Time } from './time.tsx';

const press = () => vi.fn<() => void>();

test('a button that may not be pressed says why, and keeps its place for the keyboard', async () => {
  const onClick = press();
  const { user } = draw(
    <Button reason="This needs the right backups:delete." onClick={onClick}>
      Delete
    </Button>,
  );
  const button = screen.getByRole('button', { name: 'Delete' });
  await user.tab();
  expect(document.activeElement).toBe(button);
  await user.keyboard('{Enter}');
  expect(onClick).not.toHaveBeenCalled();
  expect(button.getAttribute('aria-describedby')).toBe(
    screen.getByText('This needs the right backups:delete.').id,
  );
});

test('a button whose act is under way takes no second press', async () => {
  const onClick = press();
  const { user } = draw(
    <Button pending onClick={onClick}>
      Verify
    </Button>,
  );
  await user.click(screen.getByRole('button', { name: 'Verify' }));
  expect(onClick).not.toHaveBeenCalled();
});

test('every state has a word and an icon of its own beside its colour', () => {
  const states = Object.keys(looks) as (keyof typeof looks)[];
  expect(states.length).toBeGreaterThan(20);
  draw(states.map((state) => <StateBadge key={state} state={state} />));
  for (const state of states)
    expect(screen.getAllByText(looks[state].word).length).toBeGreaterThan(0);
  expect(document.querySelectorAll('svg[aria-hidden="true"] path').length).toBe(states.length);
});

test('what cannot be undone is done only after the name was typed', async () => {
  const onConfirm = press();
  const { user } = draw(
    <ConfirmDialog
      opened
      onClose={() => undefined}
      title="Delete nightly-1?"
      consequence="It cannot be restored any more."
      action="Delete backup"
      typed="production"
      onConfirm={onConfirm}
    />,
  );
  const button = await screen.findByRole('button', { name: 'Delete backup' });
  await user.click(button);
  expect(onConfirm).not.toHaveBeenCalled();
  await user.type(screen.getByLabelText(/^Type .*production.* to confirm$/), 'production');
  await user.click(screen.getByRole('button', { name: 'Delete backup' }));
  expect(onConfirm).toHaveBeenCalledTimes(1);
});

const options = Array.from({ length: 10_000 }, (_, at) => ({
  value: `ns-${at}`,
  label: `ns-${at}`,
  note: '',
}));

function Choosing() {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  return (
    <CheckList
      legend="Namespaces"
      all="The whole cluster"
      options={options}
      chosen={chosen}
      onChange={setChosen}
    />
  );
}

test('one of ten thousand namespaces is found by typing, and stays when the search is emptied', async () => {
  const { user } = draw(<Choosing />);
  expect(screen.getAllByRole('checkbox').length).toBe(50);
  await user.type(screen.getByRole('searchbox'), 'ns-9876');
  await user.click(screen.getByRole('checkbox', { name: 'ns-9876' }));
  await user.clear(screen.getByRole('searchbox'));
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'ns-9876' }).checked).toBe(true);
  expect(screen.getByText('1 chosen.')).toBeDefined();
});

test('a time reads as people say it, and tells both zones when it has the focus', async () => {
  const { user } = draw(<Time at={new Date(Date.now() - 12 * 60_000).toISOString()} />);
  expect(screen.getByText('12 min ago')).toBeDefined();
  await user.tab();
  expect(screen.getByRole('tooltip').textContent).toMatch(/UTC/);
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('tooltip')).toBeNull();
});

test('a long name is cut in the middle, whole for a pointer, and copied by its button', async () => {
  const name = `${'very-long-'.repeat(25)}end`;
  const { user } = draw(<Name name={name} />);
  expect(screen.getByTitle(name).textContent).toBe(name);
  await user.click(screen.getByRole('button', { name: 'Copy the name' }));
  expect(await navigator.clipboard.readText()).toBe(name);
});

test('a browser that refuses to copy is not said to have copied', async () => {
  const { user } = draw(<Copy text="secret" what="the name" />);
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
  await user.click(screen.getByRole('button'));
  expect(screen.getByRole('status').textContent).toContain('refused to copy');
});

test('a changed field shows both lines, and says which is which without colour', () => {
  draw(<FieldChange change={{ path: '/data/currency', before: '"EUR"', after: '"USD"' }} />);
  expect(screen.getByText('removed:')).toBeDefined();
  expect(screen.getByText('added:')).toBeDefined();
});

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
  createdAt: '2026-11-24T02:00:00Z',
  startedAt: '2026-11-24T02:00:00Z',
  finishedAt: null,
  progress: {
    doing: 'Reading pods.',
    items: { done: 250, total: 1000 },
    bytes: { done: 1024, total: null },
  },
  problem: null,
  result: null,
};

test('a whole object that comes new is laid out in lines', () => {
  draw(<FieldChange change={{ path: '', before: null, after: '{"kind":"Secret","n":1}' }} />);
  expect(screen.getAllByText('added:').length).toBe(4);
  expect(screen.getByText('"kind": "Secret",')).toBeDefined();
});

test('progress names what it is of, how far it is and what it does', () => {
  draw(<RunProgress run={run} />);
  const bar = screen.getByRole('progressbar', { name: 'backup of nightly-1' });
  expect(bar.getAttribute('aria-valuenow')).toBe('25');
  expect(screen.getByText('Reading pods.')).toBeDefined();
});

test('progress without a known end claims no percents', () => {
  const progress = { ...run.progress, items: { done: 250, total: null } };
  draw(<RunProgress run={{ ...run, progress }} />);
  expect(screen.getByRole('progressbar').hasAttribute('aria-valuenow')).toBe(false);
});

test('a panel opens under its button, and Esc brings the focus back', async () => {
  const { user } = draw(
    <Disclosure label="Filter">
      <a href="#inside">inside</a>
    </Disclosure>,
  );
  await user.click(screen.getByRole('button', { name: 'Filter' }));
  await user.tab();
  await user.keyboard('{Escape}');
  expect(screen.queryByText('inside')).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Filter' }));
});
