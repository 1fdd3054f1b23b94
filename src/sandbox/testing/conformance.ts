import { randomUUID } from 'node:crypto';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { isObject, parseJson, type Json, type JsonObject } from '../json.models.ts';
import type { Case } from './cases/case.types.ts';
import { cases } from './conformance.cases.ts';

export type ServerUnderTest = { server: string; token: string; ca?: string };
type Reply = { status: number; body: string };

/** One request; a body goes as JSON. */
export function send(to: ServerUnderTest, path: string, one: Partial<Case> = {}): Promise<Reply> {
  const url = new URL(path, to.server);
  const body = one.body === undefined ? undefined : JSON.stringify(one.body);
  const headers = {
    authorization: `Bearer ${to.token}`,
    accept: one.accept ?? 'application/json',
    'user-agent': 'conformance/1',
    ...(body !== undefined && {
      'content-type': one.type ?? 'application/json',
      'content-length': Buffer.byteLength(body),
    }),
  };
  const options = {
    method: one.method ?? 'GET',
    headers,
    ...(to.ca !== undefined && { ca: to.ca }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = (url.protocol === 'https:' ? secure : plain)(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** All cases in order, in a namespace of their own; answers by title, ready to be compared. */
export async function runCases(to: ServerUnderTest): Promise<Record<string, unknown>> {
  const namespace = `conformance-${randomUUID().slice(0, 8)}`;
  const made = await send(to, '/api/v1/namespaces', {
    method: 'POST',
    body: { metadata: { name: namespace } },
  });
  if (made.status !== 201) throw new Error(`no namespace to test in: ${made.body}`);
  await pause(1000);
  const results: Record<string, unknown> = {};
  for (const one of cases) {
    if (one.after) await pause(one.after);
    const reply = await ask(to, one.path.replaceAll('$ns', namespace), one);
    results[one.title] = comparable(reply, { namespace, loose: one.loose ?? false });
  }
  return results;
}

async function ask(to: ServerUnderTest, path: string, one: Case): Promise<Reply> {
  for (let attempt = 0; ; attempt += 1) {
    const reply = await send(to, path, one);
    if (one.until === undefined || reply.status === one.until || attempt === 60) return reply;
    await pause(500);
  }
}

type How = { namespace: string; loose: boolean };

function comparable({ status, body }: Reply, { namespace, loose }: How): unknown {
  const text = body.replaceAll(namespace, '$ns');
  if (!text.trim().startsWith('{')) return { status, text: text.trim() };
  const value = parseJson(text);
  const reason = isObject(value) && status >= 400 ? (value['reason'] ?? '') : '';
  return loose ? { status, reason } : { status, body: normal(value) };
}

/** What differs between any two servers: identities, times, versions, who wrote which field. */
const varying = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'deletionTimestamp',
  'lastTransitionTime',
  'storageVersionHash',
  'serverAddressByClientCIDRs',
]);

function normal(value: Json): Json {
  if (Array.isArray(value)) return value.map(normal);
  if (!isObject(value)) return value;
  const { managedFields: _managed, ...kept } = value;
  const fields = Object.entries(kept).map(([field, inner]): [string, Json] => [
    field,
    varying.has(field) && typeof inner !== 'object' ? `<${field}>` : normal(inner),
  ]);
  return withoutReason(Object.fromEntries(fields));
}

/** The reason of an access review names the roles that grant it; the sandbox has none. */
function withoutReason(object: JsonObject): JsonObject {
  if (typeof object['allowed'] !== 'boolean') return object;
  const { reason: _reason, ...kept } = object;
  return kept;
}
