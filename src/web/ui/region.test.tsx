import { useQuery } from '@tanstack/react-query';
import { act, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { CallError } from '../lib/call.ts';
import { Region } from './region.tsx';
import { draw } from './testing/draw.tsx';

const problem = (status: number) =>
  new CallError({ code: 'x.y', status, title: 'It is closed.', detail: 'Nothing was changed.' });

type Props = { read: () => Promise<string>; children?: (data: string) => string };

function Part({ read, children = (data) => data }: Props) {
  const query = useQuery({ queryKey: ['part'], queryFn: read });
  return (
    <Region title="Backups" query={query}>
      {children}
    </Region>
  );
}

test('while it is read its shape stands there, busy; then what was read', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  draw(<Part read={() => promise} />);
  expect(document.querySelector('[aria-busy="true"]')).not.toBeNull();
  await act(async () => resolve('three backups'));
  expect(await screen.findByText('three backups')).toBeDefined();
});

test('what may not be seen says so, with the way to it', async () => {
  draw(<Part read={() => Promise.reject(problem(403))} />);
  expect(await screen.findByText('You may not see this.')).toBeDefined();
});

test('a failure says what happened, offers the details, and is tried again on request', async () => {
  const read = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(problem(500))
    .mockResolvedValue('there');
  const { user } = draw(<Part read={read} />);
  expect((await screen.findByRole('alert')).textContent).toContain('It is closed.');
  expect(screen.getByRole('button', { name: 'Copy the details' })).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('there')).toBeDefined();
});

test('a failure stays on the page while it is asked again: nothing flickers', async () => {
  const again = Promise.withResolvers<string>();
  const read = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(problem(500))
    .mockReturnValue(again.promise);
  const { queries } = draw(<Part read={read} />);
  await screen.findByRole('alert');
  await act(async () => void queries.invalidateQueries());
  await screen.findByRole('button', { name: 'Try again', busy: true });
  expect(screen.getByRole('alert').textContent).toContain('It is closed.');
  await act(async () => again.resolve('there'));
  expect(await screen.findByText('there')).toBeDefined();
});

test('what was read before stays when reading it again fails, and says since when', async () => {
  const read = vi
    .fn<() => Promise<string>>()
    .mockResolvedValueOnce('there')
    .mockRejectedValue(problem(503));
  const { queries } = draw(<Part read={read} />);
  await screen.findByText('there');
  await act(() => queries.invalidateQueries());
  expect(await screen.findByText(/^Stale: read/)).toBeDefined();
  expect(screen.getByText('there')).toBeDefined();
});

test('an exception in a part stays in that part: a sentence, and a way on', async () => {
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  draw(
    <Part read={() => Promise.resolve('data')}>
      {() => {
        throw new Error('a mistake');
      }}
    </Part>,
  );
  expect((await screen.findByRole('alert')).textContent).toContain(
    'Something in this part went wrong; nothing was changed',
  );
  quiet.mockRestore();
});
