import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { readLook } from '../../lib/look.ts';
import { isTyping } from '../../lib/typing.ts';
import { pages } from './pages.ts';

const togetherMilliseconds = 1000;

/** `g b`: go to Backups. `/`: into the search of the page. Off while somebody types, or by choice. */
export function useShortcuts(): void {
  const navigate = useNavigate();
  useEffect(() => {
    let began = 0;
    const press = (event: KeyboardEvent) => {
      if (!readLook().shortcuts || isTyping(event)) return;
      if (event.key === '/') return focusSearch(event);
      const page = pages.find(({ key }) => key === event.key);
      if (page && event.timeStamp - began < togetherMilliseconds) {
        event.preventDefault();
        void navigate({ to: page.to, search: (before) => ({ cluster: before.cluster }) });
      }
      began = event.key === 'g' ? event.timeStamp : 0;
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate]);
}

function focusSearch(event: KeyboardEvent): void {
  const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
  if (!search) return;
  event.preventDefault();
  search.focus();
}
