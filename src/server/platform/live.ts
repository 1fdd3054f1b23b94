import type { LiveEvent } from '#shared/live/live.contract.ts';

/** Says to the people who look on what changed. Never throws, never waits. */
export type Publish = (event: LiveEvent, namespaces: readonly string[] | 'all') => void;
