import { endpoints } from '#shared/http/api.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import type { Lifeboat } from './lifeboat.ts';

/** What exists, for calls that are about something. */
export type Known = {
  cluster: readonly string[];
  backup: readonly string[];
  run: readonly string[];
  plan: readonly string[];
  schedule: readonly string[];
  /** Paths of objects in backups. */
  paths: readonly string[];
  prefixes: readonly string[];
  /** Texts that somebody may filter by. */
  words: readonly string[];
};
type Query = Record<string, string>;
export type Heard = { url: string; status: number; text: string };

const params = ['cluster', 'backup', 'run', 'plan', 'schedule'] as const;
const isParam = (key: string): key is (typeof params)[number] => params.some((one) => one === key);

/** Asks every GET endpoint of the contract about everything that is known, as this person. */
export async function everyGet(
  { call }: Pick<Lifeboat, 'call'>,
  known: Known,
  token: string,
): Promise<Heard[]> {
  const urls = endpoints
    .filter(({ method, stream }) => method === 'GET' && stream !== 'events')
    .flatMap((at) => urlsOf(at, known));
  const heard: Heard[] = [];
  for (const url of urls) {
    const { status, text } = await call('GET', url, { token });
    heard.push({ url, status, text });
  }
  return heard;
}

function urlsOf(at: Endpoint, known: Known): string[] {
  const keys = [...at.path.matchAll(/:(\w+)/g)].map(([, key = '']) => key);
  const paths = keys.reduce<string[]>(
    (soFar, key) => {
      if (!isParam(key)) throw new Error(`every-get.ts: nothing is known of ${key} in ${at.path}`);
      const values = known[key].map((value) => encodeURIComponent(value));
      return soFar.flatMap((path) => values.map((value) => path.replace(`:${key}`, value)));
    },
    [at.path],
  );
  return paths.flatMap((path) =>
    queriesOf(at, known).map((query) => `${path}?${new URLSearchParams(query).toString()}`),
  );
}

function queriesOf({ path }: Endpoint, known: Known): Query[] {
  const { paths, prefixes, words, backup, schedule } = known;
  const others = ['live', ...backup];
  const pages = [{}, { limit: '1' }];
  if (path.endsWith('/contents')) return prefixes.map((prefix) => ({ prefix }));
  if (path.endsWith('/object') || path.endsWith('/plans/:plan/diff'))
    return paths.map((one) => ({ path: one }));
  if (path.endsWith('/backups/:backup/diff'))
    return others.flatMap((to) => [{ to }, ...paths.map((one) => ({ to, path: one }))]);
  if (path.endsWith('/backups'))
    return [...pages, ...words.flatMap((word) => [{ namespace: word }, { search: word }])];
  if (path.endsWith('/schedules/days')) return [{ names: schedule.join(',') || 'none' }];
  if (path.endsWith('/runs')) return [...pages, ...backup.map((one) => ({ backup: one }))];
  return [{}];
}
