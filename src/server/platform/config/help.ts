import { kebab } from '#shared/words/words.models.ts';
import { settings } from './settings.ts';

/** What `--help` prints. */
export function settingsHelp(): string {
  const rows = Object.entries(settings).map(([name, { value, help, env }]) => [
    `  --${kebab(name)}${value ? ` ${value}` : ''}`,
    value ? `${help} [${env}]` : help,
  ]);
  const width = Math.max(...rows.map(([flag = '']) => flag.length)) + 2;
  const lines = rows.map(([flag = '', help = '']) => flag.padEnd(width) + help);
  return ['Usage: npm start -- [settings]', '', ...lines, ''].join('\n');
}
