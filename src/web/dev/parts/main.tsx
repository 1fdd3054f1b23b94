import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '../../ui/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueries } from '../../lib/queries.ts';
import { Providers } from '../../app/providers.tsx';
import { Parts } from './parts.tsx';

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root.');
createRoot(root).render(
  <StrictMode>
    <Providers queries={createQueries()}>
      <Parts />
    </Providers>
  </StrictMode>,
);
