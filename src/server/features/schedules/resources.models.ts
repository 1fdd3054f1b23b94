import { size } from '#shared/words/format.models.ts';

/** What was measured of a cluster and the location just now; null: nobody says. */
export type Readings = {
  /** Share of what the nodes have, of the fullest node. */
  cpu: number | null;
  memory: number | null;
  /** How long the API server took for our own small requests, p95, milliseconds. */
  apiMilliseconds: number | null;
  /** Free bytes and their share at the location. */
  free: { bytes: number; share: number } | null;
};

/** Closed above the first, open again below the second: so that it does not flap. */
const bounds = {
  cpu: { closes: 0.95, opens: 0.85 },
  memory: { closes: 0.95, opens: 0.9 },
  apiMilliseconds: { closes: 2000, opens: 1000 },
} as const;
/** A full disk helps nobody: closed below the first, open again above the second. */
const room = { closes: 0.01, opens: 0.02 };

/** Each resource by itself, with what was true of it before. `before`: the names of what had closed it. */
export function closedBy(readings: Readings, before: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  const over = (name: keyof typeof bounds, value: number | null) => {
    const { closes, opens } = bounds[name];
    return value !== null && value > (before.has(name) ? opens : closes);
  };
  const { cpu, memory, apiMilliseconds, free } = readings;
  if (over('cpu', cpu)) found.set('cpu', `CPU of a node is at ${percent(cpu)}`);
  if (over('memory', memory)) found.set('memory', `memory of a node is at ${percent(memory)}`);
  if (over('apiMilliseconds', apiMilliseconds))
    found.set(
      'apiMilliseconds',
      `the API server takes ${Math.round(apiMilliseconds ?? 0)} ms to answer`,
    );
  if (free !== null && free.share < (before.has('free') ? room.opens : room.closes))
    found.set('free', `only ${size(free.bytes)} are free where backups are kept`);
  return found;
}

const percent = (share: number | null): string => `${Math.round((share ?? 0) * 100)} %`;

/** A run waits for the gate at most so long after its slot, milliseconds: then it runs all the same. */
export const heldFor = 3_600_000;

/** `1500m`, `250000000n`, `4` cores; `128Mi`, `16777216Ki` bytes. Null: not a quantity. */
export function quantity(text: string): number | null {
  const match = /^([\d.]+(?:e[+-]?\d+)?)(n|u|m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/.exec(text);
  if (!match) return null;
  return Number(match[1]) * (factors[match[2] ?? ''] ?? 1);
}

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};
