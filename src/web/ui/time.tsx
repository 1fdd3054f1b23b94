import { useSyncExternalStore } from 'react';
import { relative } from '#shared/words/format.models.ts';
import { serverNow } from '../lib/clock.ts';
import { everySecond } from './ticks.ts';
import { inBothZones } from './time.models.ts';
import { Tip } from './tip.tsx';

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * `12 min ago`; in both zones on hover and focus. It ticks by itself: only its own text changes,
 * and only when it would read differently.
 */
export function Time({ at }: { at: string }) {
  const words = useSyncExternalStore(everySecond, () => relative(at, serverNow()));
  return (
    <Tip lines={() => inBothZones(at, zone())}>
      <time dateTime={at}>{words}</time>
    </Tip>
  );
}
