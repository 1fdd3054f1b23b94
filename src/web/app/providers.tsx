import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import type { ReactNode } from 'react';
import { schemeStore } from '../lib/look.ts';
import { theme } from '../ui/theme.ts';

const nonce = () =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

type Props = { queries: QueryClient; children: ReactNode; env?: 'test' };

export function Providers({ queries, children, env }: Props) {
  setNonce(nonce());
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={schemeStore}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
      {...(env && { env })}
    >
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </MantineProvider>
  );
}
