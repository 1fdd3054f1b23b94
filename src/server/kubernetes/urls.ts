import { ApiError } from './api-error.ts';
import type { ApiResource, ListOptions, ObjectAddress, WriteOptions } from './client.types.ts';

/** Path of a kind's collection. Throws `ApiError` for a namespace that no server can have. */
export function collectionUrl(resource: ApiResource, namespace?: string): string {
  const root = resource.group === '' ? '/api' : `/apis/${segment(resource.group)}`;
  const inside = namespace === undefined ? '' : `/namespaces/${segment(namespace)}`;
  return `${root}/${segment(resource.version)}${inside}/${segment(resource.plural)}`;
}

/** Path of one object, or of one of its sub-resources. */
export function objectUrl(at: ObjectAddress, subresource?: string): string {
  const url = `${collectionUrl(at.resource, at.namespace)}/${segment(at.name)}`;
  return subresource === undefined ? url : `${url}/${segment(subresource)}`;
}

export function listUrl(resource: ApiResource, options: ListOptions): string {
  return withQuery(collectionUrl(resource, options.namespace), {
    limit: String(options.limit ?? 500),
    continue: options.continueToken,
    resourceVersion: options.resourceVersion,
    labelSelector: options.labelSelector,
    fieldSelector: options.fieldSelector,
  });
}

/** With bookmarks, so that a quiet kind has something to say; the server ends it after `seconds`. */
export function watchUrl(
  resource: ApiResource,
  from: Pick<ListOptions, 'namespace' | 'labelSelector'> & {
    resourceVersion: string;
    seconds: number;
  },
): string {
  return withQuery(collectionUrl(resource, from.namespace), {
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: from.resourceVersion,
    timeoutSeconds: String(from.seconds),
    labelSelector: from.labelSelector,
  });
}

/**
 * `fieldValidation=Ignore`: what a backup holds may be newer than the server's schema; a field that it
 * does not know must not stop the restore of all the others.
 */
export function writeUrl(url: string, options: Pick<WriteOptions, 'dryRun'> | undefined): string {
  return withQuery(url, {
    fieldManager: 'lifeboat',
    fieldValidation: 'Ignore',
    dryRun: options?.dryRun === true ? 'All' : undefined,
  });
}

function withQuery(url: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = given.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return text.length === 0 ? url : `${url}?${text.join('&')}`;
}

/**
 * One encoded part of a path. Names such as `system:node` and `a\nb` are legal; these few are not
 * (IsValidPathSegmentName of k8s.io/apimachinery) and would address something else.
 */
function segment(name: string): string {
  if (name === '' || name === '.' || name === '..' || /[/%]/.test(name) || !name.isWellFormed())
    throw new ApiError({
      status: 0,
      reason: 'InvalidName',
      message: `${JSON.stringify(name)} cannot be a name in Kubernetes.`,
    });
  return encodeURIComponent(name);
}
