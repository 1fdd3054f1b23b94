import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { auditApi } from '#shared/audit/audit.contract.ts';
import { runParams } from '#shared/http/schemas.ts';
import { run as runSchema, runsApi } from '#shared/runs/runs.contract.ts';
import { type Arguments, saysSwitch } from './arguments.models.ts';
import { createCall, sendTo } from './call.ts';
import { type Exit, exits, notConfirmed } from './cli.errors.ts';
import { withCluster } from './cluster.ts';
import { type Command, removes } from './commands.models.ts';
import type { Io } from './io.types.ts';
import { allPages } from './pages.ts';
import { type CommandRequest, requestOf } from './request.ts';
import { exitOfRun, runSentence } from './run-words.models.ts';
import type { Answer, Send } from './transport.ts';
import { restoreOutcome } from './views/restores.ts';
import { logLine } from './views/runs.ts';
import type { Tools } from './views/view.ts';
import { shown } from './views/views.ts';
import { followLog, waitForRun } from './wait.ts';

type World = { send: Send; io: Io };

/** Does what a command says, prints the answer, and tells how it went. */
export async function execute(command: Command, given: Arguments, world: World): Promise<Exit> {
  const { send, io } = world;
  const call = createCall(send);
  const asked = await requestOf(command, given, io);
  const request = await withCluster(asked, { command, given, call });
  const tools = toolsFor({ given, request, world });
  if (removes(command) && !saysSwitch(given, 'yes')) await confirmed(command, request, io);
  if (saysSwitch(given, 'follow')) return follow(request, tools, world);
  const answer = saysSwitch(given, 'all')
    ? await allPages(send, command.endpoint, request)
    : await sendTo(send, command.endpoint, partsOf(command, request));
  if (saysSwitch(given, 'wait')) return waited(answer, { given, tools, world });
  await print(answer, { command, given, tools, world });
  return exitOfAnswer(command, answer);
}

/** The endpoint refuses a body it does not declare. */
const partsOf = ({ endpoint }: Command, { params, query, body }: CommandRequest) => ({
  params,
  query,
  ...(endpoint.body === undefined ? {} : { body }),
});

function toolsFor({
  given,
  request,
  world: { send, io },
}: {
  given: Arguments;
  request: CommandRequest;
  world: World;
}): Tools {
  const called = io.env['LIFEBOAT_CALLED_AS'] ?? 'lifeboat';
  const data = given.values.get('data')?.at(-1);
  return {
    now: io.now(),
    call: createCall(send),
    params: request.params,
    query: request.query,
    command: (words) => `${called} ${words}${data === undefined ? '' : ` --data ${data}`}`,
  };
}

/** Removing cannot be undone: on a terminal the name is typed once more. */
async function confirmed(command: Command, { params }: CommandRequest, io: Io): Promise<void> {
  if (io.ask === null) return;
  const { cluster, ...own } = params;
  const name = Object.values(own).at(-1) ?? cluster ?? '';
  const where = cluster === undefined || cluster === name ? '' : ` of the cluster ${cluster}`;
  const answer = await io.ask(`This will ${command.verb} ${name}${where}. Type ${name} to go on: `);
  if (answer.trim() !== name) throw notConfirmed();
}

async function print(
  { text }: Answer,
  {
    command,
    given,
    tools,
    world: { io },
  }: { command: Command; given: Arguments; tools: Tools; world: World },
): Promise<void> {
  if (!saysSwitch(given, 'json')) return io.out(await shown(command.endpoint, text, tools));
  if (text !== '') io.out(`${text}\n`);
}

async function waited(
  { text }: Answer,
  { given, tools, world }: { given: Arguments; tools: Tools; world: World },
): Promise<Exit> {
  const started = runSchema.parse(JSON.parse(text));
  const ended = await waitForRun(started, world);
  const { run } = ended;
  if (saysSwitch(given, 'json')) world.io.out(`${ended.text}\n`);
  else world.io.out(`${runSentence(run)}\n`);
  if (run.kind === 'restore' && !saysSwitch(given, 'json'))
    world.io.out(await restoreOutcome(run, tools));
  return exitOfRun(run.state);
}

async function follow(request: CommandRequest, tools: Tools, { io }: World): Promise<Exit> {
  const at = runParams.parse(request.params);
  await followLog(at, {
    call: tools.call,
    io,
    write: (entries) => io.out(entries.map(logLine).join('')),
  });
  const run = await tools.call(runsApi.show, { params: at });
  io.err(`${runSentence(run)}\n`);
  return exitOfRun(run.state);
}

/** A broken audit trail and a frequency that cannot be used are told to scripts, although the server answered well. */
function exitOfAnswer({ endpoint: { command } }: Command, { text }: Answer): Exit {
  if (command === schedulesApi.preview.command)
    return schedulesApi.preview.response.parse(JSON.parse(text)).error ? exits.usage : exits.done;
  if (command !== auditApi.verify.command) return exits.done;
  return auditApi.verify.response.parse(JSON.parse(text)).intact ? exits.done : exits.failed;
}
