import type { RequestListener } from 'node:http';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { en } from 'zod/locales';
import { config } from 'zod/mini';
import type { Log } from '../log.ts';
import { addressOf } from './exchange.ts';
import type { CookieJar } from './cookies.models.ts';
import { hostAllowed, originAllowed } from './guards.models.ts';
import {
  asProblem,
  foreignOrigin,
  hostUnknown,
  routeUnknown,
  tooManyCalls,
} from './http.errors.ts';
import { createLocalPeers } from './local-peers.ts';
import { securityHeaders } from './security-headers.ts';

export type HttpOptions = {
  log: Log;
  cookie: CookieJar;
  /** Host names beside those of loopback, without ports: that of the public address. */
  allowedHosts?: readonly string[];
  /** Addresses or CIDR ranges of proxies whose X-Forwarded-* headers count; none: they never do. */
  trustedProxies?: readonly string[];
  /** True when browsers reach us by TLS, here or at a trusted proxy. */
  secure?: boolean;
  /** PEM texts: TLS ends here. */
  tls?: { cert: string; key: string };
  /** Calls per minute and address. */
  callsPerMinute?: number;
};

export type Http = {
  app: FastifyInstance;
  /** True for calls through the socket file. */
  isLocal: (request: FastifyRequest) => boolean;
  /** Also answers on this socket file; the owner of its folder is the local administrator. */
  listenOnSocket: (path: string) => Promise<{ close: () => Promise<void> }>;
};

const bodyLimit = 2 * 1024 * 1024;

/** The server without its routes: limits, headers and refusals that hold for every one of them. */
export async function createHttp(options: HttpOptions): Promise<Http> {
  config(en()); // zod/mini brings no sentences of its own
  const app = bareServer(options);
  const peers = createLocalPeers();
  const isLocal = ({ raw }: FastifyRequest) => peers.has(raw.socket);
  acceptOnlyJson(app);
  app.setErrorHandler(problemAnswers(options.log));
  await app.register(helmet, securityHeaders(options.secure ?? false));
  app.addHook('onRequest', async (request) => refuseStrangers(request, options, isLocal));
  await app.register(rateLimit, {
    max: options.callsPerMinute ?? 3000,
    timeWindow: '1 minute',
    allowList: isLocal,
    keyGenerator: addressOf,
    errorResponseBuilder: (_, { ttl }) => tooManyCalls(Math.ceil(ttl / 1000)),
  });
  answerUnknownAddresses(app);
  return {
    app,
    isLocal,
    listenOnSocket: async (path) => {
      await app.ready();
      const serve: RequestListener = (request, response) => app.routing(request, response);
      const socket = await peers.listen(path, serve);
      return socket;
    },
  };
}

function bareServer({ trustedProxies, tls, log }: HttpOptions): FastifyInstance {
  const options = {
    bodyLimit,
    exposeHeadRoutes: false,
    trustProxy: trustedProxies?.length ? [...trustedProxies] : false,
    requestTimeout: 60_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300 },
    // What fails before there is a route, such as an address that cannot be decoded.
    frameworkErrors: problemAnswers(log),
  } as const;
  return tls ? asPlain(fastify({ ...options, https: tls })) : fastify(options);
}

/** The type of a server with TLS differs only in its raw request; nothing here looks at that. */
const asPlain = (app: unknown) => app as FastifyInstance;

/** No forms, no plain text: a body that another site could send without asking first is refused. */
function acceptOnlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, String(body), done);
  });
}

function refuseStrangers(
  request: FastifyRequest,
  { cookie, allowedHosts = [] }: HttpOptions,
  isLocal: Http['isLocal'],
): void {
  if (isLocal(request)) return;
  if (!hostAllowed(request.host, allowedHosts)) throw hostUnknown();
  if (request.method === 'GET') return;
  const hasCookie = cookie.read(request.headers.cookie) !== undefined;
  if (!originAllowed(request.headers, { host: request.host, cookie: hasCookie }))
    throw foreignOrigin();
}

/** Only sentences written for people leave; the cause of anything else goes to the log. */
function problemAnswers(log: Log) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const known = asProblem(error);
    const { problem, retryAfter } = known;
    if (problem.status >= 500) {
      const { method, routeOptions } = request;
      log.error({ err: known.cause ?? known, method, route: routeOptions.url }, problem.code);
    }
    if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
    return reply.code(problem.status).type('application/problem+json').send(problem);
  };
}

/** Addresses that do not exist are limited like all others: guessing them is a way of looking around. */
function answerUnknownAddresses(app: FastifyInstance): void {
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, () => {
    throw routeUnknown();
  });
}
