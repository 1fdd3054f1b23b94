import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { readLook } from '../../lib/look.ts';
import { isTyping } from '../../lib/typing.ts';
import { allPages } from './pages.ts';

const togetherMilliseconds = 1000;

export type Overlay = 'help' | 'palette';

/**
 * `g b`: go to Backups. `/`: into the search of the page. `?`: the keys. Ctrl or ⌘ with K: the
 * palette. Single keys are off while somebody types, or by choice.
 */
export function useShortcuts(onOverlay: (overlay: Overlay) => void): void {
  const navigate = useNavigate();
  useEffect(() => {
    let began = 0;
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        return onOverlay('palette');
      }
      if (!readLook().shortcuts || isTyping(event)) return;
      if (event.key === '/') return focusSearch(event);
      if (event.key === '?') return onOverlay('help');
      const page = allPages.find(({ key }) => key === event.key);
      if (page && event.timeStamp - began < togetherMilliseconds) {
        event.preventDefault();
        void navigate({ to: page.to, search: (before) => ({ cluster: before.cluster }) });
      }
      began = event.key === 'g' ? event.timeStamp : 0;
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate, onOverlay]);
}

function focusSearch(event: KeyboardEvent): void {
  const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
  if (!search) return;
  event.preventDefault();
  search.focus();
}
