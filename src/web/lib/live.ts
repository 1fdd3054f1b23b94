import { createContext, use } from 'react';
import type { Live } from './live-state.ts';

/** Set by the frame, which keeps the stream. */
export const LiveContext = createContext<Live>({ state: 'connecting', since: null });

/** Whether what is on screen is up to date, and since when it is not. */
export const useLive = (): Live => use(LiveContext);
