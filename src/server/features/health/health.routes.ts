import { healthApi } from '#shared/health/health.contract.ts';
import type { Handle } from '../../platform/http/handle.ts';
import { type HealthNeeds, showHealth } from './health.usecases.ts';
import { notReady } from './health.errors.ts';

type Needs = HealthNeeds & {
  version: string;
  /** Null when Lifeboat can work; else what it is doing instead. */
  notReadyBecause: () => string | null;
  metrics: () => Promise<string>;
  confirmClock: () => void;
};

export function registerHealth(handle: Handle, needs: Needs): void {
  handle(healthApi.live, async () => ({ live: true as const }));

  handle(healthApi.ready, async () => {
    const because = needs.notReadyBecause();
    if (because !== null) throw notReady(because);
    return { ready: true as const, version: needs.version };
  });

  handle(healthApi.show, (_, actor) => showHealth(actor, needs));

  handle(healthApi.confirmClock, async () => needs.confirmClock());

  handle(healthApi.metrics, () => needs.metrics());
}
