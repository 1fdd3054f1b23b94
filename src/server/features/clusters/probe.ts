import * as z from 'zod/mini';
import { ApiError } from '../../kubernetes/api-error.ts';
import type { ApiResource, KubernetesClient } from '../../kubernetes/client.types.ts';
import { ProblemError } from '../../platform/problems.ts';
import { type Health, type Rights, sentenceOf, sentenceOn } from './health.models.ts';

const namespaces: ApiResource = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
  verbs: ['get', 'list'],
  subresources: [],
};
const identity = z.object({ metadata: z.object({ uid: z.string().check(z.minLength(1)) }) });
const patience = 6_000;

/** Asks a cluster who it is and what Lifeboat may do there. Never throws: trouble is the answer. */
export async function probe(client: KubernetesClient): Promise<Health> {
  const signal = AbortSignal.timeout(patience);
  try {
    const version = await client.version(signal);
    const body = await client.get({ resource: namespaces, name: 'kube-system' }, { signal });
    const { uid } = identity.parse(JSON.parse(body.toString())).metadata;
    const rights = await rightsIn(client);
    return {
      state: rights.writes ? 'available' : 'readOnly',
      problem: sentenceOn(rights),
      version,
      uid,
    };
  } catch (error) {
    return { state: 'unavailable', problem: why(error), version: null, uid: null };
  }
}

async function rightsIn(client: KubernetesClient): Promise<Rights> {
  const [reads, writes] = await Promise.all([
    client.mayI({ verb: 'list', group: '*', resource: '*' }),
    client.mayI({ verb: 'create', group: '', resource: 'configmaps' }),
  ]);
  return { readsAll: reads.allowed, writes: writes.allowed };
}

function why(error: unknown): string {
  if (error instanceof ApiError) return sentenceOf(error);
  if (error instanceof ProblemError) return error.problem.title;
  if (error instanceof Error && error.name === 'TimeoutError')
    return `It did not answer within ${patience / 1000} s. Check that it runs and that its address is right.`;
  return 'Its answer is not that of a Kubernetes API server. Check the address.';
}
