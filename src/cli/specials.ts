import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Exit, exits } from './cli.errors.ts';
import type { Special } from './run.ts';

/** Built, the entries lie beside this one; from source, in the server's folder. */
const entryOf = (name: string): string => {
  const built = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  return existsSync(built)
    ? built
    : fileURLToPath(new URL(`../server/${name}.ts`, import.meta.url));
};

/** The entry becomes this process: its flags, its signals, its exit code. */
async function become(name: string, argv: readonly string[]): Promise<Exit> {
  const entry = entryOf(name);
  process.argv = [process.argv[0] ?? 'node', entry, ...argv];
  await import(pathToFileURL(entry).href);
  // What the entry decided stands: it may be another exit code, or a server that goes on.
  return Object.values(exits).find((code) => code === process.exitCode) ?? exits.done;
}

export const specials: readonly Special[] = [
  {
    noun: 'serve',
    verb: '',
    usage: 'lifeboat serve [settings]',
    summary: 'Start the server: the same as `npm start`; its settings: `lifeboat serve --help`.',
    run: (argv) => become('main', argv),
  },
  {
    noun: 'repositories',
    verb: 'adopt',
    usage: 'lifeboat repositories adopt PATH --key FILE [--cluster NAME] [--data DIR]',
    summary:
      'Take over a repository of backups from another machine, with its key; the server must be stopped.',
    options: [
      ['PATH', 'the repository: a bare git repository that Lifeboat made'],
      ['--key FILE', 'a file with the lines “lifeboat-key-1 …” of the recovery kit (required)'],
      [
        '--cluster NAME',
        'the id under which the backups appear (default: the name of PATH without .git)',
      ],
      ['--data DIR', 'the data folder to take it over into (default: $XDG_DATA_HOME/lifeboat)'],
    ],
    examples: ['repositories adopt /mnt/copy/prod.git --key kit.txt --cluster prod'],
    run: (argv) => become('adopt', argv),
  },
  {
    noun: 'keys',
    verb: 'print',
    usage: 'lifeboat keys print [--data DIR]',
    summary: 'Print the recovery kit: the keys without which no Secret in the backups can be read.',
    options: [['--data DIR', 'the data folder with the keys (default: $XDG_DATA_HOME/lifeboat)']],
    examples: ['keys print'],
    run: (argv) => become('recovery-kit', argv),
  },
];
