import { liveApi } from '#shared/live/live.contract.ts';
import type { HandleEvents } from '../../platform/http/events.ts';
import type { LiveHub } from '../../platform/http/live-hub.ts';

export function registerLive(handle: HandleEvents, { hub }: { hub: Pick<LiveHub, 'open'> }): void {
  handle(liveApi.stream, (_, actor, stream) => hub.open(actor, stream));
}
