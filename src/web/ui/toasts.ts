import toast from 'react-hot-toast/headless';

export type ToastKind = 'loading' | 'success' | 'error' | 'note';
/** Where the toast leads, or what it does. */
export type ToastAction = { label: string; href?: string; act?: () => void };
export type Said = { title: string; detail?: string; action?: ToastAction };
export type Note = Said & { id: string; kind: ToastKind; at: number };

const kept = 50;

type Store = { notes: readonly Note[]; listeners: Set<() => void> };
/** Newest first; what is on screen comes from react-hot-toast, these are the words. */
const store: Store = { notes: [], listeners: new Set() };

function put(note: Note): void {
  store.notes = [note, ...store.notes.filter(({ id }) => id !== note.id)].slice(0, kept);
  for (const tell of store.listeners) tell();
}

function show(id: string | null, kind: ToastKind, said: Said): string {
  const given = id === null ? {} : { id };
  const shown = {
    loading: () => toast.loading(said.title, { ...given, duration: Infinity }),
    success: () => toast.success(said.title, { ...given, duration: 6000 }),
    error: () => toast.error(said.title, { ...given, duration: Infinity }),
    note: () => toast(said.title, { ...given, duration: 8000 }),
  }[kind]();
  put({ ...said, id: shown, kind, at: Date.now() });
  return shown;
}

/**
 * Outcomes of what the person did, or a change in what they look at; nothing else. `loading` answers
 * the id under which its outcome is told.
 */
export const toasts = {
  loading: (title: string): string => show(null, 'loading', { title }),
  success: (id: string, said: Said): string => show(id, 'success', said),
  error: (id: string | null, said: Said): string => show(id, 'error', said),
  note: (said: Said, id: string | null = null): string => show(id, 'note', said),
  dismiss: (id: string): void => toast.dismiss(id),
  /** What was said, newest first: shown again in the list of past toasts. */
  past: (): readonly Note[] => store.notes,
  subscribe: (listener: () => void): (() => void) => {
    store.listeners.add(listener);
    return () => store.listeners.delete(listener);
  },
};
