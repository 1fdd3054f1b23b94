import { type Run, runsApi } from '#shared/runs/runs.contract.ts';
import { useAct } from '../lib/act.ts';
import { keys } from '../lib/keys.ts';
import { useMay } from '../lib/session.ts';
import { Button } from './button.tsx';

/** What a run is called before the name of its backup. */
export const runNouns = {
  backup: 'Backup',
  restore: 'Restore of',
  verify: 'Verification of',
  export: 'Export of',
  delete: 'Deletion of',
  maintenance: 'Maintenance',
} as const;

/** Works in every state of a run that is not over. */
export function CancelRun({ run }: { run: Run }) {
  const { cluster, id } = run;
  const { reason } = useMay('runs:cancel', { cluster });
  const act = useAct({
    endpoint: runsApi.cancel,
    words: { doing: 'Canceling', done: () => 'The run stops' },
    invalidates: [keys.cluster(cluster)],
  });
  return (
    <Button
      size="small"
      pending={act.pending}
      reason={reason}
      label={`Cancel ${runNouns[run.kind].toLowerCase()} ${run.backup ?? ''}`.trim()}
      onClick={() => void act.run({ params: { cluster, run: id } })}
    >
      Cancel
    </Button>
  );
}
