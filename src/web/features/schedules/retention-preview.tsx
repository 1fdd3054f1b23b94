import { useState } from 'react';
import { dayLength } from '#shared/time/lengths.models.ts';
import type { Preview } from '#shared/schedules/preview.contract.ts';
import { runsBetween } from '#shared/schedules/cron/cron.models.ts';
import { parseCron } from '#shared/schedules/cron/cron-parse.models.ts';
import type { RetentionPoint } from '#shared/schedules/retention/retention.types.ts';
import { policyOf } from '#shared/schedules/retention/policy.models.ts';
import { planRetention } from '#shared/schedules/retention/retention.models.ts';
import { reasonInWords } from '#shared/schedules/retention/retention-words.models.ts';
import type { ScheduleSpec } from '#shared/schedules/schedule.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { serverNow } from '../../lib/clock.ts';
import styles from './schedules.module.css';
import { momentIn } from './zones.models.ts';

type Props = { preview: Preview; spec: ScheduleSpec };

/** What becomes of the backups that are there, now and later, and how far back one could go. */
export function RetentionPreview({ preview, spec }: Props) {
  const { retention, retentionWords } = preview;
  const [days, setDays] = useState(0);
  return (
    <div className={styles['form']}>
      <h2>Keeps {retentionWords}</h2>
      {retention.outlook.length > 0 && (
        <ul className={styles['points']}>
          {retention.outlook.map((one) => (
            <li key={one.days}>
              In {one.days} days: {count(one.points, 'restore point')}, back {one.reachDays} days
              {one.longestGapHours !== null && `, at most ${apart(one.longestGapHours)} apart`}
            </li>
          ))}
        </ul>
      )}
      {retention.decisions.length > 0 && (
        <>
          <p className={styles['hint']}>
            {count(retention.decisions.length, 'backup')} there now; {retention.remove} would go.
            {retention.asks && ' More than half: nothing goes before somebody says yes.'}
          </p>
          <label className={styles['form']}>
            {days === 0 ? 'As it is now' : `In ${count(days, 'day')}, if every slot makes one`}
            <input
              type="range"
              className={styles['slider']}
              min={0}
              max={120}
              value={days}
              onChange={(event) => setDays(Number(event.target.value))}
            />
          </label>
          <Points decisions={retention.decisions} spec={spec} days={days} />
        </>
      )}
    </div>
  );
}

type Decisions = Preview['retention']['decisions'];

const shown = 12;

/** The same rules as the server's, at another time. */
function later(decisions: Decisions, spec: ScheduleSpec, days: number): Decisions {
  const policy = policyOf(spec.retention);
  if (days === 0 || policy === null) return decisions;
  const points = decisions.map(({ id, at, reasons }) => ({
    id,
    at: Date.parse(at),
    state: 'completed' as const,
    isVerified: true,
    isPinned: reasons.includes('pinned'),
    isInUse: false,
  }));
  const then = serverNow() + days * dayLength;
  const plan = planRetention({
    points: [...points, ...comingUntil(then, spec)],
    policy,
    now: then,
    zone: spec.timezone,
  });
  const known = new Set(decisions.map(({ id }) => id));
  return plan.decisions
    .filter(({ id }) => known.has(id))
    .map(({ id, at, reasons }) => ({
      id,
      at: new Date(at).toISOString(),
      keep: reasons.length > 0,
      reasons: reasons.map(reasonInWords),
    }));
}

/** More slots than these are not played through in the page. */
const mostComing = 3000;

/** A good backup for every slot until then; of a window nothing is known here. */
function comingUntil(then: number, { frequency, timezone }: ScheduleSpec): RetentionPoint[] {
  const parsed = typeof frequency === 'string' ? parseCron(frequency, 'calendar') : null;
  if (!parsed?.ok) return [];
  const zone = parsed.cron.zone ?? timezone;
  const coming: RetentionPoint[] = [];
  for (const at of runsBetween({ cron: parsed.cron, zone }, { after: serverNow(), until: then })) {
    if (coming.length === mostComing) break;
    coming.push({
      id: `slot-${at}`,
      at,
      state: 'completed',
      isVerified: true,
      isPinned: false,
      isInUse: false,
    });
  }
  return coming;
}

function Points({
  decisions,
  spec,
  days,
}: {
  decisions: Decisions;
  spec: ScheduleSpec;
  days: number;
}) {
  const all = later(decisions, spec, days);
  return (
    <>
      <ul className={styles['points']}>
        {all.slice(0, shown).map(({ id, at, keep, reasons }) => (
          <li key={id} data-goes={!keep || undefined}>
            <span>{momentIn(at, spec.timezone)}</span>
            <span className={styles['hint']}>{keep ? reasons.join('; ') : 'goes'}</span>
          </li>
        ))}
      </ul>
      {all.length > shown && (
        <p className={styles['hint']}>and {count(all.length - shown, 'backup')} more</p>
      )}
    </>
  );
}

/** Hours as long as they can be pictured. */
const apart = (hours: number): string =>
  hours <= 48 ? `${hours} h` : count(Math.round(hours / 24), 'day');
