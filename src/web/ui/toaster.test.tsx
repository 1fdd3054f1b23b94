import { act, screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { draw } from './testing/draw.tsx';
import { Toaster } from './toaster.tsx';
import { toasts } from './toasts.ts';

const region = () => screen.getByRole('region', { name: 'What you did' });
const shown = () => within(region()).queryAllByRole('button', { name: /^Dismiss/ });

/** What is said is drawn before the test goes on. */
function say(speak: () => string): string {
  let id = '';
  act(() => {
    id = speak();
  });
  return id;
}

beforeEach(() => {
  for (const { id } of toasts.past()) toasts.dismiss(id);
});

test('the live regions are there before anything is said', () => {
  draw(<Toaster />);
  const politeness = [...region().querySelectorAll('[aria-live]')].map((one) =>
    one.getAttribute('aria-live'),
  );
  expect(politeness).toEqual(['assertive', 'polite']);
});

test('an act has one toast: under way, then its outcome in the same place', () => {
  draw(<Toaster />);
  const id = say(() => toasts.loading('Deleting nightly-1'));
  expect(region().textContent).toContain('Under way: Deleting nightly-1');
  say(() => toasts.success(id, { title: 'nightly-1 is deleted' }));
  expect(region().textContent).not.toContain('Deleting');
  expect(region().textContent).toContain('Done: nightly-1 is deleted');
});

test('a burst of a thousand shows at most three, the rest is one line', () => {
  draw(<Toaster />);
  act(() => {
    for (let at = 0; at < 1000; at += 1) toasts.note({ title: `event ${at}` });
  });
  expect(shown().length).toBeLessThanOrEqual(3);
  expect(region().textContent).toMatch(/and \d+ more/);
});

test('an error is read out at once, stays, and goes when it is dismissed', async () => {
  const { user } = draw(<Toaster />);
  say(() => toasts.error(null, { title: 'The disk is full.', detail: 'Nothing was written.' }));
  const assertive = region().querySelector('[aria-live="assertive"]');
  expect(assertive?.textContent).toContain('Failed: The disk is full.');
  await user.click(screen.getByRole('button', { name: 'Dismiss: The disk is full.' }));
  expect(assertive?.textContent).toBe('');
});
