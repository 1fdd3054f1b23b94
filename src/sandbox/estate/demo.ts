import type { Random } from '../random.models.ts';
import { addBase, namespace } from './base.ts';
import { teams } from './company.ts';
import { addCustom } from './custom.ts';
import type { Add } from './estate.types.ts';
import { addNamespaceRules } from './namespace-rules.ts';
import { addOddities } from './oddities.ts';
import { addPlatform } from './platform.ts';
import { addCronJob, addDatabase } from './stateful.ts';
import { addApp } from './workload.ts';

/** About 1,500 objects of a company with a shop, the same for the same seed. */
export function addDemo(add: Add, random: Random): void {
  addBase(add);
  addPlatform(add, teams);
  for (const team of teams) {
    if (team.namespace !== 'kube-system') add(namespace(team.namespace, team.labels));
    addNamespaceRules(add, team, random);
    const plot = { add, random, team };
    for (const app of team.apps) addApp(plot, app);
    for (const database of team.databases) addDatabase(plot, database);
    for (const cronJob of team.cronJobs) addCronJob(plot, cronJob);
  }
  addCustom(add, teams, random);
  addOddities(add);
}
