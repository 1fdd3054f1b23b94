import { printJson } from '../json.models.ts';
import { type World, timestamp } from '../world.types.ts';
import type { Answer, Call } from './call.types.ts';
import { removeObject } from './delete.ts';
import { mustFind } from './update.ts';

/** POST on `pods/<name>/eviction`: no budget stands in the way here. */
export function evictPod(call: Call, world: World): Answer {
  removeObject(call.resource, mustFind(call, world), { world });
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
  return { status: 201, body: printJson(status) };
}

/** POST on `serviceaccounts/<name>/token`: the token works, as the sandbox knows one person only. */
export function createToken(call: Call, world: World): Answer {
  mustFind(call, world);
  const expires = world.clock().add({ hours: 1 });
  const request = {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: {
      name: call.name,
      namespace: call.namespace,
      creationTimestamp: timestamp(world.clock),
    },
    spec: { audiences: ['https://kubernetes.default.svc'], expirationSeconds: 3600 },
    status: { token: world.faults.token(), expirationTimestamp: timestamp(() => expires) },
  };
  return { status: 201, body: printJson(request) };
}
