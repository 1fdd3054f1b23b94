import * as z from 'zod/mini';
import { parseJson } from './answers.ts';
import { ApiError } from './api-error.ts';
import type { KubernetesObject } from './client.types.ts';
import { invalidBody } from './failures.ts';

const metadata = z.looseObject({
  name: z.string(),
  namespace: z.optional(z.string()),
  uid: z.optional(z.string()),
  resourceVersion: z.optional(z.string()),
});
const object = z.looseObject({
  apiVersion: z.optional(z.string()),
  kind: z.optional(z.string()),
  metadata,
});
const page = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({
    resourceVersion: z.optional(z.string()),
    continue: z.optional(z.string()),
  }),
  items: z.nullish(z.array(object)),
});
const bookmark = z.object({ metadata: z.object({ resourceVersion: z.string() }) });
const failure = z.object({
  code: z.optional(z.number()),
  reason: z.optional(z.string()),
  message: z.optional(z.string()),
  details: z.optional(z.looseObject({ retryAfterSeconds: z.optional(z.number()) })),
});
const event = z.object({ type: z.string(), object: z.unknown() });

export type WatchPage = {
  kind: { apiVersion: string; kind: string };
  resourceVersion: string;
  continueToken: string;
  objects: KubernetesObject[];
};

/** Items of built-in kinds carry no `apiVersion` and `kind`: they get those of their list. */
export function readPage(server: string, body: Buffer): WatchPage {
  const parsed = page.safeParse(parseJson(server, body));
  if (!parsed.success) throw invalidBody(server, 'is not a list', parsed.error);
  const { data } = parsed;
  const kind = { apiVersion: data.apiVersion, kind: data.kind.replace(/List$/, '') };
  return {
    kind,
    resourceVersion: data.metadata.resourceVersion ?? '',
    continueToken: data.metadata.continue ?? '',
    objects: (data.items ?? []).map((item) => asObject({ ...kind, ...item })),
  };
}

export type StreamEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubernetesObject; resourceVersion: string }
  | { type: 'BOOKMARK'; resourceVersion: string };

/** One line of a watch. An ERROR object inside the stream is thrown as the `ApiError` that it is. */
export function readEvent(server: string, line: Buffer): StreamEvent {
  const parsed = event.safeParse(parseJson(server, line));
  if (!parsed.success) throw invalidBody(server, 'is not a watch event', parsed.error);
  const { type, object: given } = parsed.data;
  if (type === 'ERROR') throw errorInStream(given);
  if (type === 'BOOKMARK') return { type, ...resourceVersionOf(server, given) };
  if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED')
    throw invalidBody(server, `is an unknown watch event: ${type.slice(0, 40)}`);
  const read = object.safeParse(given);
  if (!read.success) throw invalidBody(server, 'is not an object', read.error);
  return { type, object: asObject(read.data), ...resourceVersionOf(server, given) };
}

function resourceVersionOf(server: string, given: unknown): { resourceVersion: string } {
  const parsed = bookmark.safeParse(given);
  if (!parsed.success) throw invalidBody(server, 'has no resourceVersion', parsed.error);
  return { resourceVersion: parsed.data.metadata.resourceVersion };
}

function errorInStream(given: unknown): ApiError {
  const said = failure.safeParse(given).data ?? {};
  const seconds = said.details?.retryAfterSeconds;
  return new ApiError({
    status: said.code ?? 500,
    reason: said.reason ?? 'InternalError',
    message: said.message ?? 'The watch ended with an error.',
    details: said.details,
    retryAfter: seconds === undefined ? null : seconds * 1000,
  });
}

/** Zod marks absent fields as `undefined`; they are read here and nowhere printed again. */
const asObject = (parsed: z.infer<typeof object>) => parsed as KubernetesObject;
