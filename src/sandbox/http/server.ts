import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { PageSeen } from '../faults/faults.ts';
import type { Fault } from '../faults/faults.types.ts';
import { StatusError, unauthorized, unknownResource } from '../status.errors.ts';
import type { World } from '../world.types.ts';
import type { Answer, Call } from './call.types.ts';
import { checkAllowed, dispatch, verbOf } from './dispatch.ts';
import { brokenApi, discoveryPage, plainPage } from './pages.ts';
import { answerOf, faultAnswer, respond } from './respond.ts';
import { type Target, routeOf } from './route.models.ts';
import { streamWatch, watchOptions } from './watch.ts';

/** The largest body that the real server takes (its limit for requests to etcd is 3 MiB). */
const largestBody = 3 * 1024 * 1024;

type Needs = { world: World; seen: (page: PageSeen) => void };
type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  fault: Fault | undefined;
};

/** The HTTP side; not yet listening. */
export function createApiServer(needs: Needs) {
  return createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    handle(request, response, needs).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  needs: Needs,
): Promise<void> {
  const { world } = needs;
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const watch = ['true', '1'].includes(url.searchParams.get('watch') ?? '');
  const fault = world.faults.pick({
    url: request.url ?? '/',
    method: request.method ?? 'GET',
    watch,
  });
  const now = world.clock().epochMilliseconds + world.faults.skewMs();
  response.setHeader('date', new Date(now).toUTCString());
  if (fault?.do === 'stall') await pause(fault.ms);
  const ready =
    early(fault, world) ?? (await answerSafely({ request, response, url, fault }, needs));
  if (ready) await respond(response, ready, fault);
}

/** What a fault answers by itself, before anything is done. */
function early(fault: Fault | undefined, { clock }: World): Answer | undefined {
  if (fault?.do === 'status') return faultAnswer(fault, clock());
  return fault?.do === 'reset' && fault.when === 'before' ? { status: 500, body: '' } : undefined;
}

/** undefined: a watch has taken over the response. */
async function answerSafely(exchange: Exchange, needs: Needs): Promise<Answer | undefined> {
  try {
    return await answer(exchange, needs);
  } catch (error) {
    if (error instanceof StatusError) return answerOf(error);
    throw error;
  }
}

async function answer(exchange: Exchange, needs: Needs): Promise<Answer | undefined> {
  const { request, url } = exchange;
  const { world } = needs;
  if (request.headers.authorization !== `Bearer ${world.faults.token()}`) throw unauthorized();
  const route = routeOf(url.pathname, world.registry);
  if (route.to === 'page') return plainPage(route.path);
  if (route.to === 'unknown-resource') throw unknownResource();
  if (route.to === 'discovery') return discoveryPage(route, request.headers.accept ?? '', world);
  if (world.faults.brokenGroup(route.target.resource.group) !== undefined) return brokenApi();
  return answerCall(exchange, route.target, needs);
}

async function answerCall(
  exchange: Exchange,
  target: Target,
  { world, seen }: Needs,
): Promise<Answer | undefined> {
  const { request, response, url, fault } = exchange;
  const call = await readCall(request, url, target);
  const verb = verbOf(request.method ?? '', call);
  checkAllowed(call, verb, world);
  if (verb !== 'watch') return dispatch(call, verb, { world, seen });
  streamWatch(response, { call, world, options: watchOptions(call), fault });
  return undefined;
}

async function readCall(request: IncomingMessage, url: URL, target: Target): Promise<Call> {
  const { headers } = request;
  return {
    ...target,
    query: url.searchParams,
    body: await readBody(request),
    contentType: headers['content-type'] ?? '',
    accept: headers.accept ?? '',
    userAgent: headers['user-agent'] ?? '',
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const tooLarge = () =>
  new StatusError({
    code: 413,
    reason: 'RequestEntityTooLarge',
    message: `Request entity too large: limit is ${largestBody}`,
  });
