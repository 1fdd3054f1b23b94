import { usedWrongly } from './cli.errors.ts';
import { type Command, nameOf, removes } from './commands.models.ts';
import type { Flag } from './flags.models.ts';
import { nearest } from '#shared/words/words.models.ts';

/** What every command understands. */
const valued = ['data', 'cluster'] as const;
const switches = ['json', 'help', 'version'] as const;

export type Arguments = {
  /** Without flags and without noun and verb. */
  words: readonly string[];
  /** Text as it was written, by flag name; a flag may be said several times. */
  values: ReadonlyMap<string, readonly string[]>;
};

/** The noun and the verb, and what remains; flags may stand before them. */
export function splitCommand(argv: readonly string[]): {
  noun: string | undefined;
  verb: string | undefined;
  rest: string[];
} {
  const rest = [...argv];
  return { noun: takeWord(rest), verb: takeWord(rest), rest };
}

function takeWord(rest: string[]): string | undefined {
  for (let index = 0; index < rest.length; index += 1) {
    const token = rest[index] ?? '';
    if (!token.startsWith('-')) return rest.splice(index, 1)[0];
    if (valued.some((name) => token === `--${name}`)) index += 1;
  }
  return undefined;
}

type Known = { name: string; takesValue: boolean };

/** Flags are `--name value`, `--name=value`, `--switch`, `--no-switch`; after `--` all are words. */
export function parseArguments(argv: readonly string[], command: Command | null): Arguments {
  const known = knownFlags(command);
  const words: string[] = [];
  const values = new Map<string, string[]>();
  const rest = [...argv];
  for (let token = rest.shift(); token !== undefined; token = rest.shift()) {
    if (token === '--') {
      words.push(...rest);
      break;
    }
    if (!isFlag(token)) {
      words.push(token);
      continue;
    }
    const [name, value] = readFlag(token, rest, { known, command });
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return { words, values };
}

const isFlag = (token: string): boolean => token.startsWith('-') && token !== '-';

function readFlag(
  token: string,
  rest: string[],
  { known, command }: { known: readonly Known[]; command: Command | null },
): [string, string] {
  const [written = '', ...after] = (token === '-h' ? '--help' : token).split('=');
  const name = written.replace(/^--/, '');
  const inline = token.includes('=') ? after.join('=') : undefined;
  const flag = known.find((one) => one.name === name);
  if (flag?.takesValue === true) return [name, inline ?? following(rest, written, command)];
  if (flag !== undefined) return [name, inline ?? 'true'];
  const denied = known.find((one) => `no-${one.name}` === name && !one.takesValue);
  if (denied !== undefined && inline === undefined) return [denied.name, 'false'];
  throw unknownFlag(written, known, command);
}

function following(rest: string[], flag: string, command: Command | null): string {
  const value = rest.shift();
  if (value === undefined) throw usedWrongly(`${flag} needs a value.`, helpOf(command));
  return value;
}

function unknownFlag(written: string, known: readonly Known[], command: Command | null) {
  const near = nearest(
    written.replace(/^-+/, ''),
    known.map(({ name }) => name),
  );
  const hint = near === undefined ? '' : ` Did you mean --${near}?`;
  return usedWrongly(`There is no flag ${written} here.${hint}`, helpOf(command));
}

export const helpOf = (command: Command | null): string =>
  command === null ? 'lifeboat --help' : `${nameOf(command)} --help`;

function knownFlags(command: Command | null): Known[] {
  return [
    ...valued.map((name) => ({ name, takesValue: true })),
    ...[...switches, ...switchesOf(command)].map((name) => ({ name, takesValue: false })),
    ...(command === null ? [] : flagsOfCommand(command)),
  ];
}

/** The switches that only make sense for some commands. */
export function switchesOf(command: Command | null): string[] {
  if (command === null) return [];
  return [
    ...(command.startsRun ? ['wait'] : []),
    ...(command.paged ? ['all'] : []),
    ...(removes(command) ? ['yes'] : []),
    ...(command.endpoint.command === 'runs log' ? ['follow'] : []),
  ];
}

function flagsOfCommand({ flags, endpoint }: Command): Known[] {
  return [
    ...flags.map(({ name, kind }) => ({ name, takesValue: kind !== 'boolean' })),
    ...flags.filter(isAlsoFile).map(({ name }) => ({ name: `${name}-file`, takesValue: true })),
    ...(endpoint.body === undefined ? [] : [{ name: 'body', takesValue: true }]),
  ];
}

/** A secret may also come from a file, so that it stands in no list of processes. */
export const isAlsoFile = ({ secret }: Flag): boolean => secret;

export const saysSwitch = ({ values }: Arguments, name: string): boolean =>
  values.get(name)?.at(-1) === 'true';
