import { QueryClient } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { afterEach } from 'vitest';
import { Providers } from '../../app/providers.tsx';

afterEach(cleanup);

// jsdom draws nothing and knows no media: what Mantine asks for is answered with no.
window.matchMedia ??= (media) =>
  ({
    media,
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;

/** Draws a part inside what the page gives it; `user` acts on it as somebody would. */
export function draw(part: ReactNode) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const inside = (child: ReactNode) => (
    <Providers queries={queries} env="test">
      {child}
    </Providers>
  );
  const drawn = render(inside(part));
  return {
    user: userEvent.setup(),
    again: (next: ReactNode) => drawn.rerender(inside(next)),
    queries,
  };
}
