import { readStored } from '../api/manifest.models.ts';
import {
  type Json,
  type JsonObject,
  isObject,
  listAt,
  numberAt,
  objectAt,
  textAt,
} from '../json.models.ts';
import { type Cause, invalidValue } from '../status.errors.ts';
import { textOf } from '../store/stored.types.ts';
import type { World } from '../world.types.ts';

/** 10.96.0.0/16, the default of kubeadm. */
const network = '10.96.';
const firstPort = 30_000;
const lastPort = 32_767;
const exposed = new Set(['NodePort', 'LoadBalancer']);

type Taken = { addresses: Set<string>; ports: Set<number> };

/** Read from the services themselves: there are few, and a ledger could disagree with them. */
function taken({ store }: World, except: string): Taken {
  const bucket = store.bucket('services');
  const { keys, get } = bucket.viewAt(store.revision());
  const result: Taken = { addresses: new Set(['10.96.0.1']), ports: new Set() };
  for (const key of keys) {
    const stored = get(key);
    const object = stored && readStored(textOf(stored));
    if (!object || textAt(object, 'metadata', 'uid') === except) continue;
    result.addresses.add(textAt(object, 'spec', 'clusterIP'));
    for (const port of portsOf(object)) result.ports.add(port);
  }
  return result;
}

const portsOf = (object: JsonObject) =>
  listAt(object, 'spec', 'ports')
    .map((port) => numberAt(port, 'nodePort') ?? 0)
    .filter(Boolean);

/** Adds address, node ports and defaults; what the caller chose stays. */
export function completeService(object: JsonObject, world: World): JsonObject {
  const spec = objectAt(object, 'spec');
  const type = textAt(spec, 'type') || 'ClusterIP';
  const status = { loadBalancer: {} };
  const shared = { type, sessionAffinity: 'None' };
  if (type === 'ExternalName') return { ...object, spec: { ...spec, ...shared }, status };
  const used = taken(world, textAt(object, 'metadata', 'uid'));
  const clusterIP = textAt(spec, 'clusterIP') || freeAddress(used.addresses, world);
  return {
    ...object,
    spec: {
      ...spec,
      ports: listAt(spec, 'ports').map((port) => completePort(port, exposed.has(type), used)),
      clusterIP,
      clusterIPs: [clusterIP],
      type,
      sessionAffinity: spec['sessionAffinity'] ?? 'None',
      ...(exposed.has(type) && {
        externalTrafficPolicy: spec['externalTrafficPolicy'] ?? 'Cluster',
      }),
      ipFamilies: spec['ipFamilies'] ?? ['IPv4'],
      ipFamilyPolicy: spec['ipFamilyPolicy'] ?? 'SingleStack',
      internalTrafficPolicy: spec['internalTrafficPolicy'] ?? 'Cluster',
    },
    status,
  };
}

function completePort(port: Json, isExposed: boolean, used: Taken): Json {
  if (!isObject(port)) return port;
  const { name, protocol, port: number, targetPort, nodePort, ...rest } = port;
  const chosen = isExposed ? (nodePort ?? freePort(used.ports)) : nodePort;
  return {
    ...(name !== undefined && { name }),
    protocol: protocol ?? 'TCP',
    port: number ?? 0,
    targetPort: targetPort ?? number ?? 0,
    ...(chosen !== undefined && { nodePort: chosen }),
    ...rest,
  };
}

function freeAddress(used: ReadonlySet<string>, { random }: World): string {
  for (;;) {
    const address = `${network}${random.below(256)}.${1 + random.below(254)}`;
    if (!used.has(address)) return address;
  }
}

function freePort(used: Set<number>): number {
  for (let port = firstPort; port <= lastPort; port += 1) {
    if (used.has(port)) continue;
    used.add(port);
    return port;
  }
  return lastPort;
}

/** Refuses addresses and ports that others hold, or that lie outside the ranges. */
export function serviceAllocations(
  next: JsonObject,
  _previous: JsonObject | undefined,
  world: World,
): Cause[] {
  const used = taken(world, textAt(next, 'metadata', 'uid'));
  const address = textAt(next, 'spec', 'clusterIP');
  const why = address && address !== 'None' ? refuseAddress(address, used) : '';
  const ports = listAt(next, 'spec', 'ports').flatMap((port, index) =>
    refusePort(port, index, used),
  );
  if (!why) return ports;
  const failed = `failed to allocate IP ${address}: ${why}`;
  return [invalidValue('spec.clusterIPs', [address], failed), ...ports];
}

function refuseAddress(address: string, used: Taken): string {
  if (!address.startsWith(network)) return 'the provided network does not match the current range';
  return used.addresses.has(address) ? 'provided IP is already allocated' : '';
}

function refusePort(port: Json, index: number, used: Taken): Cause[] {
  const number = numberAt(port, 'nodePort');
  if (!number) return [];
  const field = `spec.ports[${index}].nodePort`;
  if (number < firstPort || number > lastPort) {
    const range = `The range of valid ports is ${firstPort}-${lastPort}`;
    return [invalidValue(field, number, `provided port is not in the valid range. ${range}`)];
  }
  return used.ports.has(number)
    ? [invalidValue(field, number, 'provided port is already allocated')]
    : [];
}
