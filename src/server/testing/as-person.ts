import { vi } from 'vitest';
import { type Permission, permissionsOfRole } from '#shared/access/permissions.models.ts';
import type { Binding } from '#shared/access/access.contract.ts';
import type { Person } from './app.ts';
import type { Lifeboat } from './lifeboat.ts';
import type { Sample } from './samples.ts';

/** What the gate itself says; a use case may refuse further, for reasons of its own. */
const atGate: readonly unknown[] = ['access.sign_in_needed', 'access.permission_missing'];
const letIn = 200;

/** Sends calls to the whole server as people of every kind, each with a real token. */
export function asPerson({ url, tokenFor }: Pick<Lifeboat, 'url' | 'tokenFor'>) {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (binding: Partial<Binding>) => {
    const key = JSON.stringify(binding);
    const token = tokens.get(key) ?? tokenFor(binding);
    tokens.set(key, token);
    return token;
  };

  return async (person: Person, call: Pick<Sample, 'method' | 'url' | 'body'>) => {
    if (person === 'nobody') return gateStatus(url, call);
    if ('bindings' in person) return gateStatus(url, call, await tokenOf(onlyOne(person.bindings)));
    const token = await tokenOf({ cluster: '*', namespaces: person.in ? [...person.in] : null });
    return withRole(person.may, () => gateStatus(url, call, token));
  };
}

function onlyOne(bindings: readonly Binding[]): Binding {
  const [binding] = bindings;
  if (!binding || bindings.length > 1) throw new Error('one binding, please');
  return binding;
}

/** While `act` goes on, viewers may do exactly this: a role made for one call. */
async function withRole<T>(may: readonly Permission[], act: () => Promise<T>): Promise<T> {
  const role = vi.spyOn(permissionsOfRole, 'viewer', 'get').mockReturnValue(may);
  try {
    return await act();
  } finally {
    role.mockRestore();
  }
}

/** The status when the gate refused, else 200: what happens behind it is not looked at. */
async function gateStatus(
  url: string,
  { method, url: path, body }: Pick<Sample, 'method' | 'url' | 'body'>,
  token?: string,
): Promise<{ statusCode: number }> {
  const stop = new AbortController();
  const answer = await fetch(`${url}${path}`, {
    method,
    signal: stop.signal,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const refusal = answer.status === 401 || answer.status === 403;
  const { code } = refusal ? ((await answer.json()) as { code: unknown }) : { code: null };
  stop.abort(); // a stream would go on for ever
  return { statusCode: atGate.includes(code) ? answer.status : letIn };
}
