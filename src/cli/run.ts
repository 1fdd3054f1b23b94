import { endpoints } from '#shared/http/api.ts';
import { nearest } from '#shared/words/words.models.ts';
import { type Arguments, parseArguments, saysSwitch, splitCommand } from './arguments.models.ts';
import {
  CommandError,
  type Exit,
  exits,
  reasonOf,
  RefusedError,
  usedWrongly,
} from './cli.errors.ts';
import { type Command, commandsOf } from './commands.models.ts';
import { examplesOf } from './examples.ts';
import { execute } from './execute.ts';
import { printable } from './format.models.ts';
import { type Extra, helpOfAll, helpOfCommand, helpOfExtra, helpOfNoun } from './help.models.ts';
import type { Io } from './io.types.ts';
import { createSend, dataFolder } from './transport.ts';

/** A command that does its own work instead of asking the server. */
export type Special = Extra & {
  run: (argv: readonly string[], io: Io) => Promise<Exit>;
};

export type Lifeboat = { io: Io; version: string; specials: readonly Special[] };

/** One call of `lifeboat`: prints, and answers the exit code. Never throws. */
export async function runLifeboat(argv: readonly string[], lifeboat: Lifeboat): Promise<Exit> {
  const commands = commandsOf(endpoints);
  try {
    return await dispatch(argv, commands, lifeboat);
  } catch (error) {
    return tell(error, argv.includes('--json'), lifeboat.io);
  }
}

async function dispatch(
  argv: readonly string[],
  commands: readonly Command[],
  { io, version, specials }: Lifeboat,
): Promise<Exit> {
  const { noun, verb, rest } = splitCommand(argv);
  const special = specials.find((one) => one.noun === noun && ['', verb ?? ''].includes(one.verb));
  if (special !== undefined)
    return runSpecial(
      special,
      special.verb === '' ? argv.toSpliced(argv.indexOf(special.noun), 1) : rest,
      io,
    );
  const command = commands.find((one) => one.noun === noun && one.verb === verb);
  if (command === undefined) return withoutCommand(argv, commands, { io, version, specials });
  const given = parseArguments(rest, command);
  if (!saysSwitch(given, 'help')) return connected(command, given, io);
  io.out(helpOfCommand(command, examplesOf(command)));
  return exits.done;
}

async function runSpecial(special: Special, own: readonly string[], io: Io): Promise<Exit> {
  if (special.verb === '' || !own.some((token) => token === '--help' || token === '-h'))
    return special.run(own, io);
  io.out(helpOfExtra(special));
  return exits.done;
}

async function connected(command: Command, given: Arguments, io: Io): Promise<Exit> {
  const send = createSend(io, dataFolder(io.env, given.values.get('data')?.at(-1)));
  try {
    return await execute(command, given, { send, io });
  } finally {
    await send.close();
  }
}

/** No noun, no verb, or one that does not exist: help, or what was probably meant. */
function withoutCommand(
  argv: readonly string[],
  commands: readonly Command[],
  { io, version, specials }: Lifeboat,
): Exit {
  const { noun, verb, rest } = splitCommand(argv);
  const given = parseArguments(rest, null);
  if (saysSwitch(given, 'version')) return said(io, `lifeboat ${version}\n`);
  if (noun === undefined) return said(io, helpOfAll(commands, specials));
  const ofNoun = commands.filter((one) => one.noun === noun);
  const extras = specials.filter((one) => one.noun === noun);
  const known = ofNoun.length + extras.length > 0;
  if (known && verb === undefined && saysSwitch(given, 'help'))
    return said(io, helpOfNoun(noun, ofNoun, extras));
  if (known && verb === undefined)
    throw usedWrongly(
      `${noun} needs a verb: ${verbs([...ofNoun, ...extras])}.`,
      `lifeboat ${noun} --help`,
    );
  throw unknown([noun, verb], [...commands, ...specials]);
}

const said = (io: Io, text: string): Exit => {
  io.out(text);
  return exits.done;
};

type Named = { noun: string; verb: string };

const verbs = (commands: readonly Named[]): string => commands.map(({ verb }) => verb).join(', ');

function unknown([noun, verb]: [string, string | undefined], commands: readonly Named[]) {
  const written = [noun, verb].filter(Boolean).join(' ');
  const near = nearest(
    written,
    commands.map((one) => `${one.noun} ${one.verb}`.trim()),
  );
  const nearNoun = nearest(noun, [...new Set(commands.map((one) => one.noun))]);
  const hint = near ?? (nearNoun === undefined || nearNoun === noun ? undefined : nearNoun);
  const ofNoun = commands.filter((one) => one.noun === noun);
  const rest = ofNoun.length > 0 ? ` ${noun} has ${verbs(ofNoun)}.` : '';
  return usedWrongly(
    `There is no command ${JSON.stringify(written)}.${hint === undefined ? rest : ` Did you mean \`lifeboat ${hint}\`?`}`,
    ofNoun.length > 0 ? `lifeboat ${noun} --help` : undefined,
  );
}

/** Sentences for people; the server's own body for scripts. */
function tell(error: unknown, json: boolean, io: Io): Exit {
  if (error instanceof RefusedError && json) io.out(`${error.body}\n`);
  else if (error instanceof CommandError)
    // What the server repeats of hostile input must not steer the terminal either.
    io.err(`${error.message.split('\n').map(printable).join('\n')}\n`);
  else
    io.err(
      `The answer could not be used (${reasonOf(error)}). Is the server of another version than this command?\n`,
    );
  return error instanceof CommandError ? error.exit : exits.failed;
}
