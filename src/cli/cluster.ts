import { clustersApi } from '#shared/clusters/clusters.contract.ts';
import { type Arguments, helpOf } from './arguments.models.ts';
import type { Call } from './call.ts';
import { noDefaultCluster, usedWrongly } from './cli.errors.ts';
import { type Command, nameOf } from './commands.models.ts';
import type { CommandRequest } from './request.ts';

/** `--cluster` goes where the endpoint wants it; without it the default cluster is meant. */
export async function withCluster(
  request: CommandRequest,
  { command, given, call }: { command: Command; given: Arguments; call: Call },
): Promise<CommandRequest> {
  const { cluster } = command;
  const said = given.values.get('cluster')?.at(-1);
  if (cluster === null) return request;
  if (request.params['cluster'] !== undefined) return request;
  if (said === undefined && !cluster.orDefault) return whenNotSaid(request, command);
  if (said === undefined && request.body?.['cluster'] !== undefined) return request;
  const id = said ?? (await defaultCluster(call));
  return { ...request, [cluster.part]: { ...request[cluster.part], cluster: id } };
}

function whenNotSaid(request: CommandRequest, command: Command): CommandRequest {
  if (command.cluster?.part !== 'params') return request;
  throw usedWrongly(`${nameOf(command)} needs the name of the cluster.`, helpOf(command));
}

async function defaultCluster(call: Call): Promise<string> {
  const { items } = await call(clustersApi.list, {});
  const chosen = items.find(({ isDefault }) => isDefault);
  if (chosen === undefined) throw noDefaultCluster(items.map(({ id }) => id));
  return chosen.id;
}
