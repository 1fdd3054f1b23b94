import { act, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SearchField } from './search-field.tsx';
import { draw } from './testing/draw.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const said = vi.fn<(search: string) => void>();
beforeEach(() => void said.mockClear());

function List({ slow = 50 }: { slow?: number }) {
  const [search, setSearch] = useState('');
  const onChange = (value: string) => {
    said(value);
    // As in an address, which changes a moment later.
    setTimeout(() => setSearch(value), slow);
  };
  return (
    <>
      <SearchField value={search} onChange={onChange} />
      <button type="button" onClick={() => setSearch('')}>
        Show all
      </button>
    </>
  );
}

const field = () => screen.getByRole<HTMLInputElement>('searchbox');
const type = (value: string) => fireEvent.change(field(), { target: { value } });
const wait = (ms: number) =>
  act(() => {
    vi.advanceTimersByTime(ms);
  });

test('what is typed stands in the field at once, and the list is narrowed at the first pause', () => {
  draw(<List />);
  type('n');
  type('ni');
  wait(100);
  type('nig');
  expect(field().value).toBe('nig');
  expect(said).not.toHaveBeenCalled();
  wait(150);
  expect(said.mock.calls).toEqual([['nig']]);
});

test('letters that are typed while the list is being narrowed are kept', () => {
  draw(<List />);
  type('ni');
  wait(150);
  type('nig');
  wait(50);
  expect(field().value).toBe('nig');
  wait(150);
  expect(said.mock.calls).toEqual([['ni'], ['nig']]);
});

test('an answer to an older text takes no newer letter away, however late it comes', () => {
  draw(<List slow={300} />);
  type('n');
  wait(150);
  type('ni');
  wait(150);
  expect(said.mock.calls).toEqual([['n'], ['ni']]);
  wait(150);
  expect(field().value).toBe('ni');
  wait(300);
  expect(field().value).toBe('ni');
});

test('a search that is taken away elsewhere on the page leaves the field empty', () => {
  draw(<List />);
  type('ni');
  wait(200);
  fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
  expect(field().value).toBe('');
});

test('whoever types and presses something else at once has both, in that order', () => {
  draw(<List />);
  type('ni');
  fireEvent.blur(field());
  expect(said.mock.calls).toEqual([['ni']]);
  wait(500);
  expect(said.mock.calls).toEqual([['ni']]);
});
