import { useMutation, type UseQueryResult } from '@tanstack/react-query';
import type { Preview, Remedy, SlotOption } from '#shared/schedules/preview.contract.ts';
import type { ScheduleSpec } from '#shared/schedules/schedule.contract.ts';
import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { span } from '#shared/words/format.models.ts';
import { call, sentence } from '../../lib/call.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Button } from '../../ui/button.tsx';
import { QueryState } from '../../ui/region.tsx';
import { Findings } from './findings.tsx';
import { RetentionPreview } from './retention-preview.tsx';
import styles from './schedules.module.css';
import { momentIn, whatOfMark } from './zones.models.ts';

type Props = {
  query: UseQueryResult<Preview>;
  spec: ScheduleSpec;
  name: string | undefined;
  onRemedy: (remedy: Remedy) => void;
  onFrequency: (frequency: string) => void;
};

/** What it would do, brought up to date while somebody types; read out once it settles. */
export function SchedulePreview({ query, spec, name, onRemedy, onFrequency }: Props) {
  return (
    <section aria-label="What it would do" aria-live="polite" className={styles['section']}>
      <QueryState what="What it would do" query={query} rows={6}>
        {(preview) =>
          preview.error ? (
            <p className={styles['hint']}>It cannot run as it is written: see the marked field.</p>
          ) : (
            <>
              <p className={styles['words']}>
                {preview.words} ({preview.zone})
              </p>
              {preview.picked && (
                <p className={styles['hint']}>
                  Picked {preview.picked.clock}: {preview.picked.why}
                </p>
              )}
              {preview.changeDay && <p className={styles['hint']}>{preview.changeDay.sentence}</p>}
              <Findings findings={preview.findings} onRemedy={onRemedy} />
              <FindSlot
                key={JSON.stringify(spec)}
                spec={spec}
                name={name}
                onFrequency={onFrequency}
              />
              <Next preview={preview} zone={preview.zone} />
              <RetentionPreview preview={preview} spec={spec} />
              <p className={styles['hint']}>
                {preview.duration.assumed
                  ? `It has not run yet: that it takes ${span(preview.duration.p50)} is assumed.`
                  : `It usually takes ${span(preview.duration.p50)}, mostly under ${span(preview.duration.p90)}.`}
              </p>
              {preview.differences.map((one) => (
                <p key={one} className={styles['hint']}>
                  {one}
                </p>
              ))}
            </>
          )
        }
      </QueryState>
    </section>
  );
}

const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** In the zone of the schedule, and in that of whoever looks when it is another. */
function Next({ preview, zone }: { preview: Preview; zone: string }) {
  const here = zoneHere();
  return (
    <div>
      <h2>Next</h2>
      <ul className={styles['next']}>
        {preview.next.slice(0, 10).map(({ at, mark }) => (
          <li key={at}>
            <time dateTime={at}>{momentIn(at, zone)}</time>
            <span className={styles['hint']}>
              {mark !== null && `${whatOfMark[mark]} · `}
              {here === zone ? zone : `${momentIn(at, here)} here`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

type FindProps = Pick<Props, 'spec' | 'name' | 'onFrequency'>;

/** Up to three quieter times; nothing moves by itself. */
function FindSlot({ spec, name, onFrequency }: FindProps) {
  const cluster = useCluster();
  const find = useMutation({
    mutationFn: () =>
      call(schedulesApi.findSlot, {
        params: { cluster },
        body: { ...spec, ...(name !== undefined && { name }) },
      }),
  });
  return (
    <div className={styles['form']}>
      <div>
        <Button size="small" icon="search" pending={find.isPending} onClick={() => find.mutate()}>
          Find me a slot
        </Button>
      </div>
      {find.error && <p role="alert">{sentence(find.error)}</p>}
      {find.data?.options.length === 0 && (
        <p className={styles['hint']}>No quieter time was found near this one.</p>
      )}
      {find.data?.options.map((option) => (
        <Option key={option.frequency} option={option} onTake={onFrequency} />
      ))}
    </div>
  );
}

const Option = ({ option, onTake }: { option: SlotOption; onTake: (text: string) => void }) => (
  <div>
    <Button size="small" onClick={() => onTake(option.frequency)}>
      Take: {option.words}
    </Button>
    <p className={styles['hint']}>{option.effect}</p>
  </div>
);
