import type { Json, JsonObject } from './json.models.ts';
import { printJson } from './json.models.ts';

export type Cause = { reason: string; message: string; field: string };

/** Which kind, as messages and details name it. */
export type Named = { group: string; plural: string; kind: string };

/** A Status object of the API server, thrown by whoever refuses. */
export class StatusError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: JsonObject | undefined;
  /** `metadata` of the Status; carries the token to go on with after an expired list. */
  readonly metadata: JsonObject;

  constructor(given: {
    code: number;
    reason: string;
    message: string;
    details?: JsonObject;
    metadata?: JsonObject;
  }) {
    super(given.message);
    this.code = given.code;
    this.reason = given.reason;
    this.details = given.details;
    this.metadata = given.metadata ?? {};
  }
}

/** The Status object in the field order of the real one. */
export function statusOf(error: StatusError): JsonObject {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: error.metadata,
    status: 'Failure',
    message: error.message,
    ...(error.reason && { reason: error.reason }),
    ...(error.details && { details: error.details }),
    code: error.code,
  };
}

const qualified = ({ group, plural }: Named) => (group ? `${plural}.${group}` : plural);

function details(of: Named, name: string, kind = of.plural): JsonObject {
  return { ...(name && { name }), ...(of.group && { group: of.group }), kind };
}

export const notFound = (of: Named, name: string) =>
  new StatusError({
    code: 404,
    reason: 'NotFound',
    message: `${qualified(of)} "${name}" not found`,
    details: details(of, name),
  });

export const unknownResource = () =>
  new StatusError({
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
    details: {},
  });

export const methodNotAllowed = () =>
  new StatusError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });

export const unauthorized = () =>
  new StatusError({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' });

export const badRequest = (message: string) =>
  new StatusError({ code: 400, reason: 'BadRequest', message });

export const alreadyExists = (of: Named, name: string) =>
  new StatusError({
    code: 409,
    reason: 'AlreadyExists',
    message: `${qualified(of)} "${name}" already exists`,
    details: details(of, name),
  });

const conflictOn = (of: Named, name: string, given: { kind: string; message: string }) =>
  new StatusError({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${given.kind} "${name}": ${given.message}`,
    details: details(of, name, given.kind.split('.')[0]),
  });

export const modified = (of: Named, name: string) =>
  conflictOn(of, name, {
    kind: qualified(of),
    message:
      'the object has been modified; please apply your changes to the latest version and try again',
  });

export const uidDiffers = (
  of: Named,
  name: string,
  uids: { given: string; kept: string; key: string },
) =>
  conflictOn(of, name, {
    kind: qualified(of),
    message: `StorageError: invalid object, Code: 4, Key: ${uids.key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uids.given}, UID in object meta: ${uids.kept}`,
  });

const qualifiedKind = ({ group, kind }: Named) => (group ? `${kind}.${group}` : kind);

/** The precondition of a delete names the kind, not the resource. */
export const preconditionFailed = (of: Named, name: string, message: string) =>
  conflictOn(of, name, { kind: qualifiedKind(of), message });

export const forbidden = (of: Named, name: string, given: { message: string; causes?: Cause[] }) =>
  new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${qualified(of)}${name ? ` "${name}"` : ''} is forbidden: ${given.message}`,
    details: { ...details(of, name), ...(given.causes && { causes: given.causes }) },
  });

/** 422 with every cause, worded as field.ErrorList prints them. */
export function invalid(of: Named, name: string, causes: Cause[]): StatusError {
  const all = causes.map(({ field, message }) => `${field}: ${message}`);
  const text = all.length === 1 ? (all[0] ?? '') : `[${all.join(', ')}]`;
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `${qualifiedKind(of)} "${name}" is invalid: ${text}`,
    details: { ...details(of, name, of.kind), causes },
  });
}

export const invalidValue = (field: string, value: Json, why: string): Cause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${printJson(value)}: ${why}`,
  field,
});

export const required = (field: string, why: string): Cause => ({
  reason: 'FieldValueRequired',
  message: why ? `Required value: ${why}` : 'Required value',
  field,
});

export const fieldForbidden = (field: string, why: string): Cause => ({
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${why}`,
  field,
});

export const notSupported = (field: string, value: Json, allowed: string[]): Cause => ({
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: ${printJson(value)}: supported values: ${allowed.map((one) => `"${one}"`).join(', ')}`,
  field,
});

/** 422 about the options of a request, not about an object. */
export const invalidOptions = (kind: string, causes: Cause[]) =>
  invalid({ group: 'meta.k8s.io', plural: kind, kind }, '', causes);

export const patchRejected = () =>
  new StatusError({
    code: 422,
    reason: 'Invalid',
    message: 'the server rejected our request due to an error in our request',
    details: {},
  });

export const unsupportedMedia = (message: string, details?: JsonObject) =>
  new StatusError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message,
    ...(details && { details }),
  });

export const expired = (message: string, metadata: JsonObject = {}) =>
  new StatusError({ code: 410, reason: 'Expired', message, metadata });
