import type { Endpoint } from '#shared/http/endpoint.ts';
import { accessViews } from './access.ts';
import { backupViews } from './backups.ts';
import { clusterViews } from './clusters.ts';
import { overviewViews } from './overview.ts';
import { restoreViews } from './restores.ts';
import { runViews } from './runs.ts';
import { scheduleViews } from './schedules.ts';
import type { Tools, View } from './view.ts';

export const views: readonly View[] = [
  ...accessViews,
  ...backupViews,
  ...clusterViews,
  ...overviewViews,
  ...restoreViews,
  ...runViews,
  ...scheduleViews,
];

/** The answer for people; an endpoint without a view of its own prints its JSON, indented. */
export async function shown(endpoint: Endpoint, text: string, tools: Tools): Promise<string> {
  const view = views.find((one) => one.endpoint === endpoint);
  if (view !== undefined) return view.show(text, tools);
  return text === '' ? 'Done.\n' : `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
}
