import { isObject, type Json } from '#shared/json/lossless.ts';
import { type Body, fieldAt, listAt, textAt, withField, withoutFields } from './body.models.ts';

/** Which chosen address of a Service the API server could not give. */
export type TakenAddress = 'clusterIP' | 'nodePort' | 'healthCheckNodePort';

/**
 * Reads the API server's refusal of a Service: the address is allocated already, or outside the range
 * of this cluster. Null when it is about something else. The texts are those of
 * pkg/registry/core/service/storage/alloc.go.
 */
export function takenAddress(message: string): TakenAddress | null {
  if (
    !/already allocated|not in the valid range|valid IPs? is|valid ports is|does not match the current range/i.test(
      message,
    )
  )
    return null;
  if (/HealthCheck ?NodePort/i.test(message)) return 'healthCheckNodePort';
  if (/nodePort/i.test(message)) return 'nodePort';
  return /clusterIP/i.test(message) ? 'clusterIP' : null;
}

/** The Service without that address, so that the cluster chooses one. `live`: whose ports to keep. */
export function releaseAddress(service: Body, taken: TakenAddress, live?: Body): Body {
  if (taken === 'clusterIP')
    return withoutFields(service, [
      ['spec', 'clusterIP'],
      ['spec', 'clusterIPs'],
    ]);
  if (taken === 'healthCheckNodePort')
    return withoutFields(service, [['spec', 'healthCheckNodePort']]);
  const held = new Map(
    listAt(live ?? {}, ['spec', 'ports']).map((port) => [
      portKey(port),
      fieldAt(port, ['nodePort']),
    ]),
  );
  const ports = listAt(service, ['spec', 'ports']).map((port) =>
    isObject(port) ? withField(port, ['nodePort'], held.get(portKey(port))) : port,
  );
  return withField(service, ['spec', 'ports'], ports);
}

const portKey = (port: Json) =>
  JSON.stringify([
    fieldAt(port, ['name']) ?? '',
    fieldAt(port, ['port']),
    fieldAt(port, ['protocol']),
  ]);

const nodePortsOf = (service: Body): number[] =>
  listAt(service, ['spec', 'ports']).flatMap((port) => {
    const nodePort = fieldAt(port, ['nodePort']);
    return typeof nodePort === 'number' && nodePort > 0 ? [nodePort] : [];
  });

/** '' when the Service has none or wants none. */
export function clusterIpOf(service: Body): string {
  const address = textAt(service, ['spec', 'clusterIP']);
  return address === 'None' ? '' : address;
}

/** The addresses that a Service holds: `10.0.0.7`, `30080`; none for other kinds. */
export function addressesOf(
  { group, plural }: { group: string; plural: string },
  body: Body,
): string[] {
  if (group !== '' || plural !== 'services') return [];
  const address = clusterIpOf(body);
  return [...(address === '' ? [] : [address]), ...nodePortsOf(body).map(String)];
}

/** The sentence for the plan and the result. `got`: the Service as it is now, when it is. */
export function sayReleased(wanted: Body, taken: readonly TakenAddress[], got?: Body): string {
  return taken
    .map((address) => {
      if (address !== 'clusterIP')
        return `Its ${address === 'nodePort' ? `node port ${nodePortsOf(wanted).join(', ')}` : 'health check node port'} is not free here; ${got && address === 'nodePort' ? `it has ${nodePortsOf(got).join(', ')}` : 'it gets another one'}.`;
      return `Its cluster IP ${clusterIpOf(wanted)} is not free here; ${got ? `it has ${clusterIpOf(got)}` : 'it gets another one'}.`;
    })
    .join(' ');
}
