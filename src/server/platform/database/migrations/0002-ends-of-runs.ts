import { index } from '../definitions.ts';

/** What has had its time is looked for every hour: without an index, in every run there ever was. */
export const endsOfRuns = index('run_by_end', 'run', ['finished_at', 'id']);
