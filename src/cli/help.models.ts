import { isAlsoFile, switchesOf } from './arguments.models.ts';
import { type Command, nameOf, type Positional } from './commands.models.ts';
import type { Flag } from './flags.models.ts';

/** A command that is not an endpoint. */
export type Extra = {
  noun: string;
  verb: string;
  usage: string;
  summary: string;
  /** Arguments and flags, each with what it means. */
  options?: readonly (readonly [string, string])[];
  examples?: readonly string[];
};

export const everywhere: readonly [string, string][] = [
  ['--data DIR', 'data folder of the server on this machine (default: $XDG_DATA_HOME/lifeboat)'],
  ['--cluster NAME', 'the cluster that is meant (default: the one `clusters list` marks)'],
  ['--json', 'print the answer of the server as it came'],
  ['--help', 'say what a command does and takes'],
];

const switchWords: Readonly<Record<string, string>> = {
  wait: 'stay until the run is over, and say how it ended',
  all: 'read all pages',
  yes: 'do not ask for confirmation',
  follow: 'go on until the run is over',
};

const exitWords =
  'Exit codes: 0 done, 1 failed, 2 used wrongly, 3 partly done, 4 not permitted.\n' +
  'Another machine: LIFEBOAT_URL and LIFEBOAT_TOKEN (see `lifeboat tokens create --help`).\n';

export function helpOfAll(commands: readonly Command[], extras: readonly Extra[]): string {
  const rows = [
    ...extras.map(({ noun, verb, summary }) => [`${noun} ${verb}`.trim(), summary] as const),
    ...commands.map(
      (command) => [`${command.noun} ${command.verb}`, command.endpoint.summary] as const,
    ),
  ].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    'Usage: lifeboat <noun> <verb> [flags]\n\n',
    columns(rows),
    '\nEvery command takes:\n',
    columns(everywhere),
    `\n${exitWords}`,
  ].join('');
}

export function helpOfNoun(
  noun: string,
  commands: readonly Command[],
  extras: readonly Extra[],
): string {
  const rows = [
    ...commands.map(({ verb, endpoint }) => [`${noun} ${verb}`, endpoint.summary] as const),
    ...extras.map(({ verb, summary }) => [`${noun} ${verb}`, summary] as const),
  ];
  return `Usage: lifeboat ${noun} <verb> [flags]\n\n${columns(rows)}\nMore: lifeboat ${noun} <verb> --help\n`;
}

export const helpOfExtra = ({ usage, summary, options = [], examples = [] }: Extra): string =>
  [
    `Usage: ${usage}\n\n${summary}\n`,
    section('Arguments and flags', options),
    exampleSection(examples),
  ].join('');

export function helpOfCommand(command: Command, examples: readonly string[]): string {
  const words = new Set(command.positionals.map(({ flag }) => flag));
  const options = [
    ...command.flags.filter((flag) => !words.has(flag)).map(flagRow),
    ...secretRows(command),
    ...switchRows(command),
  ];
  return [
    `Usage: ${usageOf(command)}\n\n${command.endpoint.summary}\n`,
    section('Arguments', command.positionals.map(argumentRow)),
    section('Flags', options),
    section('Every command takes', everywhere),
    exampleSection(examples),
    `\nThe same through the API: ${command.endpoint.method} ${command.endpoint.path}\n`,
  ].join('');
}

const section = (title: string, rows: readonly (readonly [string, string])[]): string =>
  rows.length === 0 ? '' : `\n${title}:\n${columns(rows)}`;

const exampleSection = (examples: readonly string[]): string =>
  examples.length === 0
    ? ''
    : `\nExamples:\n${examples.map((words) => `  lifeboat ${words}\n`).join('')}`;

const wordOf = ({ name }: Positional): string => name.toUpperCase().replaceAll('-', '_');

const argumentRow = (positional: Positional): [string, string] => [
  wordOf(positional),
  positional.description,
];

export function usageOf(command: Command): string {
  const words = command.positionals.map((positional) => {
    const optional = positional.name === 'cluster' && command.cluster?.orDefault === true;
    return optional ? `[${wordOf(positional)}]` : wordOf(positional);
  });
  const named = new Set(command.positionals.map(({ flag }) => flag));
  const options = command.flags.filter((flag) => !named.has(flag));
  const required = options.filter((flag) => flag.required).map(writtenOf);
  const switches = switchesOf(command).map((name) => `[--${name}]`);
  const rest = options.length > required.length ? ['[flags]'] : [];
  return [nameOf(command), ...words, ...required, ...rest, ...switches].join(' ');
}

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`.trimEnd() + '\n').join('');
};

function flagRow(flag: Flag): [string, string] {
  const fallback =
    flag.fallback === undefined || flag.fallback === null || flag.fallback === ''
      ? ''
      : `default: ${fallbackWord(flag.fallback)}`;
  const words = [
    flag.required ? 'required' : '',
    flag.choices.join(' | '),
    fallback,
    kindWords[flag.kind],
  ].filter((word) => word !== '');
  return [
    writtenOf(flag),
    `${flag.description}${words.length === 0 ? '' : ` (${words.join('; ')})`}`.trim(),
  ];
}

const writtenOf = (flag: Flag): string => `--${flag.name}${valueWord(flag)}`;

const fallbackWord = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const kindWords: Readonly<Record<Flag['kind'], string>> = {
  text: '',
  textOrJson: 'a text, or JSON in braces',
  document: 'path of a file, or - for standard input',
  number: '',
  boolean: '',
  list: 'comma-separated, or @file with one a line; may be repeated',
  record: 'from=to,other=another',
  json: 'JSON, or @file',
};

function valueWord({ kind, choices }: Flag): string {
  if (kind === 'boolean') return '';
  if (choices.length > 0) return ' WORD';
  return {
    text: ' TEXT',
    textOrJson: ' TEXT',
    document: ' FILE',
    number: ' N',
    list: ' A,B',
    record: ' A=B',
    json: ' JSON',
  }[kind];
}

const secretRows = ({ flags, endpoint }: Command): [string, string][] => [
  ...flags
    .filter(isAlsoFile)
    .map(({ name }): [string, string] => [
      `--${name}-file FILE`,
      `the same, from a file; --${name} - reads standard input`,
    ]),
  ...(endpoint.body === undefined
    ? []
    : [
        ['--body JSON', 'the whole request as JSON or @file; flags come on top'] as [
          string,
          string,
        ],
      ]),
];

const switchRows = (command: Command): [string, string][] =>
  switchesOf(command).map((name) => [`--${name}`, switchWords[name] ?? '']);
