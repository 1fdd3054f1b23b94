import type { Engine } from '../engines/engine.ts';
import type { Audit } from '../platform/audit.types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/database/database.ts';
import type { Keyring } from '../platform/keyring.types.ts';
import type { Publish } from '../platform/live.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Reserve } from '../platform/reserve.ts';

export type Foundation = {
  db: Db;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  keyring: Keyring;
  engine: Engine;
  publish: Publish;
  audit: Audit;
  exportRoot: string | undefined;
  /** The data folder. */
  data: string;
  /** Room for what must be written on a full disk. */
  reserve: Pick<Reserve, 'giveUpIfLow'>;
};
