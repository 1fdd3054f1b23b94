import type { LiveEvent } from '#shared/live/live.contract.ts';
import { ProblemError } from '../problems.ts';
import type { Publish } from '../live.ts';
import type { Log } from '../log.ts';
import type { EventStream } from './events.ts';
import { type Encoded, encode, frame } from './live-ring.models.ts';
import { openReader, type Reader } from './live-reader.ts';
import type { Actor } from '../actor.ts';

export type LiveHub = {
  publish: Publish;
  /** Throws `live.too_many` before anything is written. */
  open: (actor: Actor, stream: EventStream) => void;
  readers: () => number;
  close: () => void;
};

type Options = {
  log: Pick<Log, 'info' | 'warn'>;
  /** Distinguishes this process from the ones before: their event ids mean nothing here. */
  epoch: string;
  perPerson?: number;
  inAll?: number;
  /** How many events can be caught up with after a break. */
  ringSize?: number;
  heartbeatMs?: number;
  /** Each reader's rights are looked at again this often. */
  recheckMs?: number;
};

const defaults = {
  perPerson: 20,
  inAll: 5000,
  ringSize: 1000,
  heartbeatMs: 15_000,
  recheckMs: 3000,
};
const slices = 30;

const tooMany = () =>
  new ProblemError(
    {
      code: 'live.too_many',
      status: 429,
      title: 'Too many streams are open.',
      detail: 'What is open goes on. Close other tabs, or try again in a moment.',
    },
    undefined,
    5,
  );

/** Sends each reader what they may know, as it happens. Never waits for one of them. */
export function createLiveHub(options: Options): LiveHub {
  const given = { ...defaults, ...options };
  const readers = new Set<Reader>();
  const ring: Encoded[] = [];
  let seq = 0;
  const idOf = (one: number) => `${given.epoch}-${one}`;

  const publish: Publish = (event, namespaces) => {
    if (event.type === 'resync') {
      for (const reader of readers) reader.write(frame(event, idOf(seq)));
      return;
    }
    seq += 1;
    const encoded = encode(event, { namespaces, id: idOf(seq), seq });
    ring.push(encoded);
    if (ring.length > given.ringSize) ring.shift();
    for (const reader of readers) reader.offer(encoded);
  };

  const timers = [
    every(given.heartbeatMs, () => readers.forEach((reader) => reader.write(heartbeat))),
    recheckInSlices(readers, given),
  ];

  return {
    publish,
    readers: () => readers.size,
    open: (actor, stream) => {
      refuseTooMany(readers, actor, given);
      const reader = openReader({ actor, stream, onEnd: () => readers.delete(reader) });
      readers.add(reader);
      catchUp(
        reader,
        missedSince(stream.lastEventId, { ring, seq, epoch: given.epoch }),
        idOf(seq),
      );
    },
    close: () => {
      timers.forEach(clearInterval);
      for (const reader of readers) reader.end();
    },
  };
}

const heartbeat = Buffer.from(': still here\n\n');
const resync: LiveEvent = { type: 'resync' };

type Past = { ring: readonly Encoded[]; seq: number; epoch: string };

/** What came after the reader's last event; `resync` when that is no longer known. */
function missedSince(id: string | undefined, { ring, seq, epoch }: Past) {
  if (id === undefined) return [];
  const last = id.startsWith(`${epoch}-`) ? Number(id.slice(epoch.length + 1)) : Number.NaN;
  const oldest = ring[0]?.seq ?? seq + 1;
  if (!Number.isSafeInteger(last) || last > seq || last < oldest - 1) return 'resync';
  return ring.filter((one) => one.seq > last);
}

function catchUp(reader: Reader, missed: readonly Encoded[] | 'resync', id: string): void {
  if (missed === 'resync') reader.write(frame(resync, id));
  else for (const one of missed) reader.offer(one);
}

function refuseTooMany(
  readers: ReadonlySet<Reader>,
  actor: Actor,
  { perPerson, inAll }: typeof defaults,
): void {
  const mine = [...readers].filter(({ name }) => name === actor.name).length;
  if (mine >= perPerson || readers.size >= inAll) throw tooMany();
}

/** A few readers at a time, so that a thousand look-ups never stand in the way of an event. */
function recheckInSlices(
  readers: ReadonlySet<Reader>,
  { recheckMs, log }: typeof defaults & Options,
): NodeJS.Timeout {
  let queue: Reader[] = [];
  return every(recheckMs / slices, () => {
    if (queue.length === 0) queue = [...readers];
    const some = queue.splice(0, Math.ceil(readers.size / slices));
    for (const reader of some)
      reader.recheck().catch((error: unknown) => {
        log.warn({ err: error }, 'rights of a live stream could not be checked; it was ended');
        reader.end();
      });
  });
}

const every = (ms: number, act: () => void) => setInterval(act, ms).unref();
