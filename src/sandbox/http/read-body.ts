import { parse as parseYaml } from 'yaml';
import { type Resource, apiVersionOf } from '../api/resource.types.ts';
import {
  type Json,
  type JsonObject,
  isObject,
  parseJson,
  printJson,
  textAt,
} from '../json.models.ts';
import { badRequest, unsupportedMedia } from '../status.errors.ts';
import type { Call } from './call.types.ts';

/** The object in the body of a POST or PUT. Throws 400 and 415 in the words of the real server. */
export function readObject(call: Call, expected: { apiVersion: string; kind: string }): JsonObject {
  const object = parseBody(call, expected.kind);
  const kind = textAt(object, 'kind') || expected.kind;
  const version = textAt(object, 'apiVersion') || expected.apiVersion;
  if (call.resource.custom && !textAt(object, 'kind')) throw kindMissing(call.body, expected.kind);
  if (kind !== expected.kind || version !== expected.apiVersion) {
    throw wrongKind({ kind, version, expected: expected.kind });
  }
  return object;
}

export const expectedOf = (resource: Resource) => ({
  apiVersion: apiVersionOf(resource),
  kind: resource.kind,
});

const kindMissing = (body: string, expected: string) =>
  badRequest(
    `the object provided is unrecognized (must be of type ${expected}): Object 'Kind' is missing in '${body}' (${body})`,
  );

const wrongKind = (given: { kind: string; version: string; expected: string }) =>
  badRequest(
    `${given.kind} in version "${given.version}" cannot be handled as a ${given.expected}: no kind "${given.kind}" is registered`,
  );

function parseBody({ body, contentType }: Call, kind: string): JsonObject {
  const type = contentType.split(';')[0]?.trim() ?? '';
  if (type !== '' && !['application/json', 'application/yaml'].includes(type)) {
    throw unsupportedMedia(
      'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    );
  }
  const value = parseText(body, type === 'application/yaml', kind);
  if (!isObject(value)) throw unreadable(kind, 'json: cannot unmarshal into Go value', body);
  return value;
}

function parseText(body: string, yaml: boolean, kind: string): Json {
  try {
    return yaml ? parseJson(printJson(parseYaml(body, { intAsBigInt: false }))) : parseJson(body);
  } catch (error) {
    if (error instanceof Error) throw unreadable(kind, 'unexpected end of JSON input', body);
    throw error;
  }
}

const unreadable = (kind: string, why: string, body: string) =>
  badRequest(
    `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${why} (${body.slice(0, 100)})`,
  );
