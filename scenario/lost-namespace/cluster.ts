import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseJsonObject, type JsonObject } from '../../src/shared/json/lossless.ts';
import { type Answer, callApi } from '../../testbed/api.ts';
import type { TestbedAccess } from '../../testbed/provided.ts';

/** Direct access to a control plane, with nothing of Lifeboat in between. */
export type Cluster = {
  get: (path: string) => Promise<JsonObject>;
  exists: (path: string) => Promise<boolean>;
  create: (path: string, body: unknown) => Promise<void>;
  merge: (path: string, patch: unknown) => Promise<void>;
  remove: (path: string) => Promise<void>;
};

export function clusterOf({ server, caFile, adminToken }: TestbedAccess): Cluster {
  const api = { server, ca: readFileSync(caFile, 'utf8'), token: adminToken };
  const call = async (method: string, path: string, body?: unknown) => {
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    return callApi(api, { method, path, body, contentType });
  };
  const well = async (method: string, path: string, body?: unknown) =>
    checked(`${method} ${path}`, await call(method, path, body));
  return {
    get: async (path) => parseJsonObject((await well('GET', path)).text),
    exists: async (path) => (await call('GET', path)).status !== 404,
    create: async (path, body) => void (await well('POST', path, body)),
    merge: async (path, patch) => void (await well('PATCH', path, patch)),
    remove: async (path) => void (await well('DELETE', path)),
  };
}

function checked(what: string, answer: Answer): Answer {
  if (answer.status < 300) return answer;
  throw new Error(`${what} answered ${answer.status}: ${answer.text.slice(0, 500)}`);
}

/** Until it holds, or a minute has gone. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${what} did not come true within a minute`);
    await sleep(200);
  }
}
