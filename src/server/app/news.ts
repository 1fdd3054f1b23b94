import type { LiveEvent } from '#shared/live/live.contract.ts';
import { isOver } from '#shared/runs/runs.contract.ts';
import type { Publish } from '../platform/live.ts';

/** Hears what is published before the people do, so that what they then ask for is not older. */
export function createNews(publish: Publish) {
  const listeners: ((cluster: string) => void)[] = [];
  return {
    publish: ((event, namespaces) => {
      const cluster = touched(event);
      if (cluster !== null) for (const hear of listeners) hear(cluster);
      publish(event, namespaces);
    }) satisfies Publish,
    /** Told the cluster whenever its backups, or what is known of it, may have changed. */
    onChange: (hear: (cluster: string) => void) => void listeners.push(hear),
  };
}

/** Progress of a run changes nothing that is there. */
function touched(event: LiveEvent): string | null {
  if (event.type === 'resync') return null;
  if (event.type === 'run' && event.run.state === 'running') return null;
  if (event.type === 'run' && !isOver(event.run.state) && event.run.kind !== 'delete') return null;
  return event.cluster;
}
