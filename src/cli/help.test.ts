import { expect, test } from 'vitest';
import { endpoints } from '#shared/http/api.ts';
import { parseArguments, splitCommand } from './arguments.models.ts';
import { commandsOf, nameOf } from './commands.models.ts';
import { examples, examplesOf } from './examples.ts';
import { helpOfCommand, helpOfExtra } from './help.models.ts';
import { requestOf } from './request.ts';
import { specials } from './specials.ts';
import { quietIo } from './testing/server.ts';

const commands = commandsOf(endpoints);
const find = (noun: string | undefined, verb: string | undefined) =>
  commands.find((one) => one.noun === noun && one.verb === verb);
const helpOf = (words: string) => {
  const [noun, verb] = words.split(' ');
  const command = find(noun, verb);
  return command === undefined ? '' : helpOfCommand(command, examplesOf(command));
};

test('no flag and no argument of any command lacks a description', () => {
  const silent = commands.flatMap((command) =>
    [
      ...command.flags.map(({ name, description }) => ({ word: `--${name}`, description })),
      ...command.positionals.map(({ name, description }) => ({ word: name, description })),
    ]
      .filter(({ description }) => !/^\S.*[^.\s]$/.test(description))
      .map(({ word }) => `${nameOf(command)} ${word}`),
  );
  expect(silent).toEqual([]);
});

test('no two flags of a command say the same, and defaults are shown', () => {
  const twice = commands.flatMap((command) => {
    const said = command.flags.map(({ description }) => description);
    return said.filter((one, at) => said.indexOf(one) !== at).map((one) => [nameOf(command), one]);
  });
  expect(twice).toEqual([]);
  const help = helpOf('schedules create');
  expect(help).toMatch(/--timezone TEXT +By the clocks of which zone, .* \(default: UTC\)\n/);
  expect(help).toMatch(/--retention TEXT +How long its backups are kept: .*default: 30d/);
  expect(help).toMatch(/--target-rpo TEXT +The most work that may be lost/);
});

test.each(commands.map((command) => [nameOf(command), command] as const))(
  'the help of %s says how it is written, what it does and what each word means',
  (name, command) => {
    const help = helpOfCommand(command, examplesOf(command));
    expect(help).toMatch(new RegExp(`^Usage: ${name}`));
    expect(help).toContain(`\n\n${command.endpoint.summary}\n`);
    const [, flags = ''] = /\nFlags:\n((?: {2}.*\n)*)/.exec(help) ?? [];
    for (const { name: word } of command.positionals)
      expect(help).toMatch(new RegExp(`\nArguments:\n(?:.*\n)*  ${word.toUpperCase()} `));
    for (const { name: word } of command.positionals.filter(({ flag }) => flag !== null))
      expect(flags).not.toContain(`--${word} `);
    for (const line of flags.split('\n').filter(Boolean)) expect(line).toMatch(/^ {2}--.* {2}\S/);
  },
);

test('what is written as a word is no required flag, and a required flag stands in the usage', () => {
  expect(helpOf('restores plan')).toContain('Usage: lifeboat restores plan BACKUP [flags]');
  expect(helpOf('restores plan')).toContain('  BACKUP  The name of the backup to restore from\n');
  expect(helpOf('clusters add')).toContain(
    'Usage: lifeboat clusters add --kubeconfig FILE [flags]',
  );
  expect(helpOf('backups create')).toMatch(
    /--retention TEXT +How long it is kept, such as 12h, 7d or 4w; otherwise until it is deleted\n/,
  );
});

test.each(
  Object.entries(examples).flatMap(([of, all]) => all.map((words) => [of, words] as const)),
)('the example of %s can be typed: %s', async (of, words) => {
  const argv = [...words.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  );
  const { noun, verb, rest } = splitCommand(argv);
  expect(`${noun} ${verb}`).toBe(of);
  const command = find(noun, verb);
  expect(command).toBeDefined();
  if (command === undefined) return;
  const io = { ...quietIo, readFile: async () => 'what a file holds' };
  const { body } = await requestOf(command, parseArguments(rest, command), io);
  const { endpoint } = command;
  expect(body && endpoint.body?.safeParse({ cluster: 'prod', ...body }).error).toBeUndefined();
});

test('a command without an endpoint says the same of itself', () => {
  for (const special of specials.filter(({ verb }) => verb !== '')) {
    const help = helpOfExtra(special);
    expect(help).toMatch(new RegExp(`^Usage: lifeboat ${special.noun} ${special.verb}`));
    for (const [, flag = ''] of special.usage.matchAll(/(--[a-z]+)/g))
      expect(help).toMatch(new RegExp(`\n  ${flag} [A-Z]+ +\\S`));
    expect(help).toContain('\nExamples:\n');
  }
});
