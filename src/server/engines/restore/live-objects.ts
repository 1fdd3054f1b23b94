import { isObject, parseJsonObject } from '#shared/json/lossless.ts';
import type { ApiResource, KubernetesClient } from '../../kubernetes/client.types.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import { type Body, listAt, textAt } from './body.models.ts';

type ListGiven = {
  client: Pick<KubernetesClient, 'list'>;
  resource: ApiResource;
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * The objects of one kind, page by page, at one version of the cluster. When the continue token
 * expires the list begins anew, so that an object may come twice: the later one counts.
 */
export async function* liveObjects(given: ListGiven): AsyncGenerator<Body> {
  let token = '';
  do {
    const list: Body | null = await page(given, token);
    if (list) yield* itemsOf(list);
    token = list ? textAt(list, ['metadata', 'continue']) : '';
    if (!list) yield* liveObjects(given);
  } while (token !== '');
}

/** Null: the token has expired. */
async function page(given: ListGiven, token: string): Promise<Body | null> {
  const { client, resource, namespace, labelSelector, signal } = given;
  try {
    const { body } = await client.list(resource, {
      ...(namespace === undefined ? {} : { namespace }),
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(token === '' ? {} : { continueToken: token }),
      ...(signal ? { signal } : {}),
    });
    return parseJsonObject(body.toString());
  } catch (error) {
    if (error instanceof ApiError && error.status === 410 && token !== '') return null;
    throw error;
  }
}

/** Items of built-in kinds carry no `apiVersion` and `kind`: those of the list are meant. */
function* itemsOf(list: Body): Generator<Body> {
  const apiVersion = textAt(list, ['apiVersion']);
  const kind = textAt(list, ['kind']).replace(/List$/, '');
  for (const item of listAt(list, ['items']))
    if (isObject(item)) yield { apiVersion, kind, ...item };
}
