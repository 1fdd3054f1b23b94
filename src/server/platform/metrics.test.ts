import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('what ended is counted by cluster, kind and state', async () => {
  const metrics = createMetrics();
  metrics.runs.inc({ cluster: 'prod', kind: 'backup', state: 'completed' });
  expect(await metrics.text()).toContain(
    'lifeboat_runs_total{cluster="prod",kind="backup",state="completed"} 1',
  );
});

test('two registries do not disturb each other', async () => {
  createMetrics().runs.inc({ cluster: 'prod', kind: 'backup', state: 'failed' });
  expect(await createMetrics().text()).not.toContain('state="failed"');
});
