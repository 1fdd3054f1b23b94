import type { BackedUpKind } from '#shared/backups/backups.contract.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import type { ApiResource } from '../../kubernetes/client.types.ts';
import { ProblemError } from '../../platform/problems.ts';
import { resourceName } from '../paths.models.ts';
import { credentialsRefused, listRepeats, selectorInvalid, unstorable } from './capture.errors.ts';
import type { CaptureClient } from './capture.types.ts';
import {
  type Counts,
  cutItems,
  cutObject,
  type KindTally,
  newTally,
  type PageContext,
} from './capture-page.ts';
import { createCommands } from './commands.ts';
import { scanList } from './list-scanner.ts';
import { deleteCommand, type Importer } from './fast-import.ts';

/** Where the objects of a kind come from, tried in their order when one is forbidden. */
export type Source =
  | { from: 'cluster' }
  | { from: 'namespaces'; namespaces: readonly string[] }
  | { from: 'names'; names: readonly string[] };

export type KindJob = Omit<PageContext, 'tally' | 'commands'> & {
  sources: readonly [Source, ...Source[]];
  labelSelector: string | undefined;
  /** What the list of the whole cluster answered, when it was asked already. */
  wholeList: Buffer | null;
  keepNames: boolean;
};

export type KindNeeds = {
  client: CaptureClient;
  importer: Pick<Importer, 'write'>;
  signal: AbortSignal;
  onObjects: (resource: ApiResource, added: { objects: number; bytes: number }) => void;
};

export type CapturedKind = { kind: BackedUpKind; tally: KindTally; unreachable: boolean };

/** Expired lists start again from the beginning, at most this often. */
const maxAttempts = 3;

/** Reads one kind. What goes wrong with it is its reason; what goes wrong with everything is thrown. */
export async function captureKind(job: KindJob, needs: KindNeeds): Promise<CapturedKind> {
  const commands = createCommands();
  for (let attempt = 1; ; attempt += 1) {
    const tally = newTally({ names: job.keepNames, uids: job.twins !== undefined });
    const failure = await readKind({ ...job, tally, commands }, needs);
    const expired = failure instanceof ApiError && failure.status === 410;
    if (!expired || attempt === maxAttempts) {
      for (const uid of tally.uids ?? []) job.twins?.add(uid);
      return described(job, tally, failure);
    }
    await needs.importer.write(deleteCommand(`resources/${resourceName(job.resource)}`));
    needs.onObjects(job.resource, difference({ objects: 0, bytes: 0 }, sumOf(tally)));
  }
}

/** Undefined when everything was read. */
async function readKind(job: KindJob & PageContext, needs: KindNeeds): Promise<Error | undefined> {
  for (const [at, source] of job.sources.entries()) {
    try {
      await readSource(source, job, needs);
      return undefined;
    } catch (error) {
      const failure = failureOf(error, job);
      const forbidden = failure instanceof ApiError && failure.status === 403;
      if (!forbidden || job.tally.seen.size > 0 || at === job.sources.length - 1) return failure;
    }
  }
  return undefined;
}

async function readSource(
  source: Source,
  job: KindJob & PageContext,
  needs: KindNeeds,
): Promise<void> {
  if (source.from === 'cluster') return readPages(undefined, job, needs);
  if (source.from === 'names') return readNames(source.names, job, needs);
  for (const namespace of source.namespaces) await readPages(namespace, job, needs);
}

/** The next page is on its way while this one is cut. */
async function readPages(
  namespace: string | undefined,
  job: KindJob & PageContext,
  { client, importer, signal, onObjects }: KindNeeds,
): Promise<void> {
  const { resource, labelSelector, wholeList, tally } = job;
  const fetch = (continueToken: string) => {
    const page = client.list(resource, {
      signal,
      limit: 500,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(continueToken === '' ? {} : { continueToken }),
    });
    page.catch(() => undefined); // thrown when its turn comes
    return page;
  };
  let token = '';
  const first =
    wholeList && namespace === undefined ? Promise.resolve({ body: wholeList }) : fetch('');
  for (let next: ReturnType<typeof fetch> | undefined = first; next;) {
    const { body } = await next;
    const { items, continueToken } = scanList(body);
    if (continueToken !== '' && continueToken === token) throw listRepeats();
    token = continueToken;
    next = token === '' ? undefined : fetch(token);
    const before = sumOf(tally);
    await importer.write(cutItems(body, items, job));
    onObjects(resource, difference(sumOf(tally), before));
  }
}

async function readNames(
  names: readonly string[],
  job: KindJob & PageContext,
  { client, importer, signal, onObjects }: KindNeeds,
): Promise<void> {
  for (const name of names) {
    const body = await client.get({ resource: job.resource, name }, { signal });
    const before = sumOf(job.tally);
    await importer.write(cutObject(body, job));
    onObjects(job.resource, difference(sumOf(job.tally), before));
  }
}

/** What ends the whole backup is thrown; the rest is the reason of this kind. */
function failureOf(error: unknown, { labelSelector }: KindJob): Error {
  if (error instanceof ApiError && error.status === 401) throw credentialsRefused(error.message);
  if (error instanceof ApiError && error.status === 400 && labelSelector !== undefined)
    throw selectorInvalid(labelSelector, error.message);
  const ofList = error instanceof ProblemError && error.problem.code.startsWith('capture.');
  if (error instanceof ApiError || ofList) return error;
  throw error;
}

function described(
  { resource, seal }: KindJob,
  tally: KindTally,
  failure: Error | undefined,
): CapturedKind {
  const problem = failure ?? (tally.unstorable > 0 ? unstorable(tally.unstorable) : undefined);
  const sum = sumOf(tally);
  const kind: BackedUpKind = {
    resource: resourceName(resource),
    kind: resource.kind,
    version: resource.version,
    namespaced: resource.namespaced,
    ...sum,
    sealed: seal !== undefined,
    read: !problem ? 'complete' : sum.objects > 0 ? 'part' : 'not',
    reason: problem ? reasonOf(problem) : null,
  };
  const unreachable = failure instanceof ApiError && failure.status === 0;
  return { kind, tally, unreachable };
}

/** One sentence for the person who wonders why a kind is not in the backup. */
function reasonOf(failure: Error): string {
  const status = failure instanceof ApiError ? failure.status : undefined;
  const why =
    status === undefined
      ? undefined
      : {
          0: 'The API server did not answer',
          403: 'Lifeboat may not list it',
          404: 'It is no longer served (its definition was deleted meanwhile)',
          410: `The list expired ${maxAttempts} times before it was read to its end`,
          429: 'The API server refused it for being too busy',
          503: 'The service behind it is not available',
        }[status];
  return why === undefined ? failure.message : `${why}: ${failure.message}`;
}

export function sumOf({ byNamespace }: KindTally): Counts {
  const sum = { objects: 0, bytes: 0 };
  for (const { objects, bytes } of byNamespace.values()) {
    sum.objects += objects;
    sum.bytes += bytes;
  }
  return sum;
}

const difference = (after: Counts, before: Counts): Counts => ({
  objects: after.objects - before.objects,
  bytes: after.bytes - before.bytes,
});
