import type { Permission } from '#shared/access/permissions.models.ts';
import type { Lookup } from '#shared/http/endpoint.ts';
import type { Binding } from '#shared/access/access.contract.ts';
import { rightsOf } from '#shared/access/rights.models.ts';
import type { Actor } from '../platform/actor.ts';
import type { AuditNote } from '../platform/audit.types.ts';
import { openDatabase } from '../platform/database/database.ts';
import { cookieJar } from '../platform/http/cookies.models.ts';
import { createHandleEvents, type HandleEvents } from '../platform/http/events.ts';
import { createHandle, type Gate, type Handle } from '../platform/http/handle.ts';
import { createHttp, type HttpOptions } from '../platform/http/http.ts';
import { createIdempotency } from '../platform/http/idempotency.ts';
import type { Log } from '../platform/log.ts';
import { testClock } from './databases.ts';

/** Nobody; exactly these permissions, everywhere or in some namespaces; or bindings as people have them. */
export type Person =
  | 'nobody'
  | { may: readonly Permission[]; in?: readonly string[] }
  | { bindings: Binding[] };

type Registered = {
  handle: Handle;
  handleEvents: HandleEvents;
  db: Awaited<ReturnType<typeof openDatabase>>['db'];
};

type Given = Partial<Omit<Gate, 'identify' | 'cookie'>> & {
  person: Person | (() => Person);
  register: (mounted: Registered) => void;
  http?: Partial<HttpOptions>;
};

const everything: Lookup = {
  namespacesOfBackup: async () => 'all',
  namespacesOfRun: async () => 'all',
  namespacesOfPlan: async () => 'all',
  namespacesOfSchedule: async () => 'all',
  namespacesKeptBy: async () => 'all',
};

/** As on a disk that is never full. */
export const noReserve: Gate['reserve'] = {
  giveUpIfLow: async () => {},
  leaveUntouched: async () => {},
};

/** The real server on a real database, with the routes under test; only clock and person are chosen. */
export async function testApp({ person, register, http, ...gate }: Given) {
  const { db, close } = await openDatabase({ url: ':memory:', clock: testClock });
  const cookie = cookieJar({ secure: false, instance: 'test' });
  const { log, lines } = testLog();
  const server = await createHttp({ log, cookie, ...http });
  const trail: AuditNote[] = [];
  const whole: Gate = {
    identify: async () => actorOf(typeof person === 'function' ? person() : person),
    audit: async (note) => void trail.push(note),
    lookup: everything,
    idempotency: createIdempotency({ db, clock: testClock }),
    cookie,
    reserve: noReserve,
    log,
    ...gate,
  };
  register({
    handle: createHandle(server.app, whole),
    handleEvents: createHandleEvents(server.app, whole),
    db,
  });
  const end = async () => {
    await server.app.close();
    await close();
  };
  return { ...server, db, trail, lines, end };
}

/** What was logged, so that a test can look at it and expect silence. */
export function testLog() {
  const lines: { level: string; message: string; fields: Record<string, unknown> }[] = [];
  const at = (level: string) => (fields: Record<string, unknown>, message: string) =>
    void lines.push({ level, message, fields });
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  return { log, lines };
}

function actorOf(person: Person): Actor | undefined {
  if (person === 'nobody') return undefined;
  const bindings = 'bindings' in person ? person.bindings : [];
  return {
    name: 'ada',
    session: { user: 'ada', by: 'password', bindings, expiresAt: null },
    ...('bindings' in person ? rightsOf(bindings) : exactly(person)),
  };
}

/** These permissions and no others, as a role made for one test would bring them. */
function exactly({ may, in: mine }: Extract<Person, { may: unknown }>) {
  const shape = rightsOf([
    { role: 'viewer', cluster: '*', namespaces: mine ? [...mine] : null, extra: [] },
  ]);
  const rights: Pick<Actor, 'may' | 'namespacesWith'> = {
    may: (permission, scope) => may.includes(permission) && shape.may('backups:read', scope),
    namespacesWith: (permission, cluster) =>
      may.includes(permission) ? shape.namespacesWith('backups:read', cluster) : [],
  };
  return rights;
}
