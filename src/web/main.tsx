import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './ui/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { watchForNewVersion } from './app/new-version.ts';
import { takeLink } from './features/access/take-link.ts';
import { watchOtherTabs } from './lib/look.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root.');

watchForNewVersion();
watchOtherTabs();
// Before anything else reads the address: the token stays in no history.
const link = takeLink(window.location, window.history);
createRoot(root).render(
  <StrictMode>
    <App link={link} />
  </StrictMode>,
);
