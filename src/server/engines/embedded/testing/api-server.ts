import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FakeKind = {
  group?: string;
  version?: string;
  plural: string;
  kind: string;
  namespaced?: boolean;
  verbs?: string[];
};
type Stored = FakeKind & { objects: Map<string, string> };

/** What an answer is instead of the usual one; undefined: the usual one. */
export type Fault = (request: {
  path: string;
  query: URLSearchParams;
}) => { status: number; reason?: string; message?: string; body?: string } | 'hang up' | undefined;

/** A small API server of canned objects over real HTTP: lists in pages, gets, discovery, faults. */
export async function startApiServer() {
  const kinds: Stored[] = [];
  const requests: string[] = [];
  const state: { fault: Fault; most: number; open: number; delay: number } = {
    fault: () => undefined,
    most: 0,
    open: 0,
    delay: 0,
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://api');
    const isList = url.searchParams.has('limit');
    requests.push(`${url.pathname}${url.search}`);
    if (isList) state.open += 1;
    state.most = Math.max(state.most, state.open);
    if (state.delay > 0) await new Promise((resolve) => setTimeout(resolve, state.delay));
    if (isList) state.open -= 1;
    const fault = state.fault({ path: url.pathname, query: url.searchParams });
    if (fault === 'hang up') return request.socket.destroy();
    const { status, body } = fault
      ? { status: fault.status, body: fault.body ?? failure(fault) }
      : respond(kinds, url);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    return undefined;
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    state,
    serve: (kind: FakeKind) => {
      const stored = { group: '', version: 'v1', namespaced: true, ...kind, objects: new Map() };
      kinds.push(stored);
      return stored.objects;
    },
    /** `json`: the object as text, so that tests decide every byte. */
    put: (plural: string, place: string, json: string) =>
      kinds.find((kind) => kind.plural === plural)?.objects.set(place, json),
    remove: (plural: string, place: string) =>
      kinds.find((kind) => kind.plural === plural)?.objects.delete(place),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const failure = ({
  status,
  reason = '',
  message = '',
}: {
  status: number;
  reason?: string;
  message?: string;
}) =>
  JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code: status,
    reason,
    message,
  });

const found = (body: string) => ({ status: 200, body });
const missing = (message: string) => ({
  status: 404,
  body: failure({ status: 404, reason: 'NotFound', message }),
});

function respond(kinds: readonly Stored[], url: URL): { status: number; body: string } {
  const { pathname } = url;
  if (pathname === '/version') return found('{"gitVersion":"v1.34.4"}');
  if (pathname === '/api') return found('{"kind":"APIVersions","versions":["v1"]}');
  if (pathname === '/apis') return found(JSON.stringify(groupList(kinds)));
  const [, group = '', version, rest = ''] =
    /^\/(?:api|apis\/([^/]+))\/([^/]+)(?:\/(.*))?$/.exec(pathname) ?? [];
  const served = kinds.filter((kind) => kind.group === group && kind.version === version);
  if (rest === '') return found(JSON.stringify(resourceList(served, group, version ?? '')));
  return objects(served, rest.split('/').map(decodeURIComponent), url.searchParams);
}

function objects(served: readonly Stored[], parts: readonly string[], query: URLSearchParams) {
  const inNamespace = parts[0] === 'namespaces' && parts.length > 2;
  const [plural = '', name] = inNamespace ? parts.slice(2) : parts;
  const kind = served.find((one) => one.plural === plural);
  if (!kind) return missing(`the server could not find the requested resource ${plural}`);
  const place = `${inNamespace ? `${parts[1]}/` : ''}${name ?? ''}`;
  if (name === undefined) return found(page(kind, inNamespace ? `${parts[1]}/` : '', query));
  const json = kind.objects.get(place);
  return json === undefined ? missing(`${plural} "${name}" not found`) : found(json);
}

/** The continue token is the number of objects already given. */
function page(kind: Stored, prefix: string, query: URLSearchParams): string {
  const all = [...kind.objects].filter(([place]) => place.startsWith(prefix));
  const selected = query.get('labelSelector');
  const [key, value] = (selected ?? '').split('=');
  const matching = selected
    ? all.filter(([, json]) => JSON.parse(json).metadata.labels?.[key ?? ''] === value)
    : all;
  const from = Number(query.get('continue') ?? 0);
  const limit = Number(query.get('limit') ?? 500);
  const next = from + limit < matching.length ? String(from + limit) : '';
  const items = matching.slice(from, from + limit).map(([, json]) => json);
  const apiVersion = kind.group ? `${kind.group}/${kind.version}` : kind.version;
  return `{"kind":"${kind.kind}List","apiVersion":"${apiVersion}","metadata":{"resourceVersion":"7","continue":"${next}"},"items":[${items.join(',')}]}\n`;
}

function groupList(kinds: readonly Stored[]) {
  const groups = [...new Set(kinds.map(({ group }) => group))].filter(Boolean);
  return {
    kind: 'APIGroupList',
    groups: groups.map((name) => {
      const { version = 'v1' } = kinds.find(({ group }) => group === name) ?? {};
      const one = { groupVersion: `${name}/${version}`, version };
      return { name, versions: [one], preferredVersion: one };
    }),
  };
}

const resourceList = (served: readonly Stored[], group: string, version: string) => ({
  kind: 'APIResourceList',
  groupVersion: group ? `${group}/${version}` : version,
  resources: served.map(({ plural, kind, namespaced = true, verbs }) => ({
    name: plural,
    singularName: kind.toLowerCase(),
    namespaced,
    kind,
    verbs: verbs ?? ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  })),
});
