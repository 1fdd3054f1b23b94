import type { Endpoint } from '#shared/http/endpoint.ts';
import { descriptionsOf, type Flag, flagsOf } from './flags.models.ts';

/** `flag`: the field of the request that it fills; null: a parameter of the path. */
export type Positional = { name: string; flag: Flag | null; description: string };

export type Command = {
  noun: string;
  verb: string;
  endpoint: Endpoint;
  /** What is written without a flag name, in order: the path's parameters, then required texts. */
  positionals: readonly Positional[];
  flags: readonly Flag[];
  /** Where `--cluster` goes; null: the command speaks of no cluster. */
  cluster: { part: 'params' | 'query' | 'body'; orDefault: boolean } | null;
  /** Answers at once with a run, and `--wait` stays until it ends. */
  startsRun: boolean;
  /** A list with pages: `--all` reads them all. */
  paged: boolean;
};

export function commandsOf(endpoints: readonly Endpoint[]): Command[] {
  return endpoints.filter(({ command }) => command !== null).map(commandOf);
}

function commandOf(endpoint: Endpoint): Command {
  const [noun = '', verb = ''] = (endpoint.command ?? '').split(' ');
  const fields = [...flagsOf('query', endpoint.query), ...flagsOf('body', endpoint.body)];
  const flags = fields.filter((flag) => !isCluster(flag));
  const params = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const described = descriptionsOf(endpoint.params);
  const free = noun === 'clusters' ? params : params.filter((name) => name !== 'cluster');
  return {
    noun,
    verb,
    endpoint,
    positionals: [
      ...free.map((name) => ({ name, flag: null, description: described.get(name) ?? '' })),
      ...flags.filter(isPositional).map(wordFor),
    ],
    flags,
    cluster: clusterOf(endpoint, { params, fields }),
    startsRun: endpoint.status === 202,
    paged: flags.some(({ part, name }) => part === 'query' && name === 'cursor'),
  };
}

const isCluster = ({ path }: Flag): boolean => path.join('.') === 'cluster';

const isPositional = ({ required, kind, secret }: Flag): boolean =>
  required && kind === 'text' && !secret;

const wordFor = (flag: Flag): Positional => ({
  name: flag.name,
  flag,
  description: flag.description,
});

/** Acts on a cluster itself need its name; everything else may mean the default one. */
function clusterOf(
  { method, path }: Endpoint,
  { params, fields }: { params: readonly string[]; fields: readonly Flag[] },
): Command['cluster'] {
  const itself = /^\/api\/clusters\/:cluster(\/identity)?$/.test(path);
  if (params.includes('cluster')) return { part: 'params', orDefault: !itself || method === 'GET' };
  const field = fields.find(isCluster);
  return field === undefined ? null : { part: field.part, orDefault: field.required };
}

export const nameOf = ({ noun, verb }: Pick<Command, 'noun' | 'verb'>): string =>
  `lifeboat ${noun} ${verb}`;

/** Removing for good: asked for by name on a terminal. */
export const removes = ({ verb }: Command): boolean =>
  ['delete', 'remove', 'revoke'].includes(verb);
