import type { Case } from './case.types.ts';

export const configMaps = '/api/v1/namespaces/$ns/configmaps';
const merge = 'application/merge-patch+json';
export const jsonPatch = 'application/json-patch+json';

export const post = (path: string, body: unknown): Pick<Case, 'method' | 'path' | 'body'> => ({
  method: 'POST',
  path,
  body,
});
export const put = (path: string, body: unknown): Pick<Case, 'method' | 'path' | 'body'> => ({
  method: 'PUT',
  path,
  body,
});
export const patch = (
  path: string,
  body: unknown,
  type = merge,
): Pick<Case, 'method' | 'path' | 'body' | 'type'> => ({ method: 'PATCH', path, body, type });
export const remove = (path: string, body?: unknown): Pick<Case, 'method' | 'path' | 'body'> => ({
  method: 'DELETE',
  path,
  body,
});
export const named = (name: string, fields: object = {}) => ({ metadata: { name }, ...fields });
