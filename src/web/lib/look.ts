import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';
import * as z from 'zod/mini';

/** Read by index.html too, before the first paint. */
const key = 'lifeboat.look';

const look = z.object({
  scheme: z.catch(z.enum(['light', 'dark', 'auto']), 'auto'),
  contrast: z.catch(z.enum(['normal', 'more']), 'normal'),
  rail: z.catch(z.enum(['wide', 'narrow']), 'wide'),
  /** Shortcuts of a single key get in the way of some ways of typing. */
  shortcuts: z.catch(z.boolean(), true),
  /** Heads of the columns that are not shown, by the name of the list. */
  hiddenColumns: z.catch(z.record(z.string(), z.array(z.string())), {}),
});
export type Look = z.infer<typeof look>;

const listeners = new Set<() => void>();
let current: Look | null = null;

/** How this browser wants it. Storage may be blocked: then it holds until the page is left. */
export function readLook(): Look {
  current ??= look.parse(stored());
  return current;
}

export function changeLook(change: Partial<Look>): void {
  const next = { ...readLook(), ...change };
  // Mantine sets what it was just told: without an end to that it would go round for ever.
  if (JSON.stringify(next) === JSON.stringify(current)) return;
  current = next;
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Blocked or full: what was chosen holds until the page is left.
  }
  showContrast();
  for (const tell of listeners) tell();
}

export function subscribeLook(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Another tab changed it. */
export function watchOtherTabs(): void {
  window.addEventListener('storage', (event) => {
    if (event.key !== key) return;
    current = null;
    showContrast();
    for (const tell of listeners) tell();
  });
}

function showContrast(): void {
  document.documentElement.dataset['contrast'] = readLook().contrast;
}

function stored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') ?? {};
  } catch {
    return {};
  }
}

let unsubscribe = () => {};
/** Mantine asks here for light, dark or auto. */
export const schemeStore: MantineColorSchemeManager = {
  get: () => readLook().scheme,
  set: (scheme: MantineColorScheme) => changeLook({ scheme }),
  subscribe: (onUpdate) => {
    unsubscribe = subscribeLook(() => onUpdate(readLook().scheme));
  },
  unsubscribe: () => unsubscribe(),
  clear: () => changeLook({ scheme: 'auto' }),
};
