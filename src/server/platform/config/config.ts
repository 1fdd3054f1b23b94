import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type * as z from 'zod/mini';
import { configUnreadable, hostNeedsTls, settingInvalid, settingUnknown } from './config.errors.ts';
import { kebab, nearest } from '#shared/words/words.models.ts';
import { type SettingName, settings } from './settings.ts';

type Raw = { [K in SettingName]?: z.output<(typeof settings)[K]['schema']> };

/** What was set, with the defaults of what was not. Paths are absolute. */
export type Config = Omit<Raw, 'data' | 'host' | 'port' | 'logLevel' | 'help' | 'config'> & {
  data: string;
  host: string;
  port: number;
  logLevel: 'error' | 'warn' | 'info' | 'debug';
  help: boolean;
};

type Given = { argv: readonly string[]; env: Readonly<Record<string, string | undefined>> };

/** Flags win over the environment, the environment over the file. Throws a `ProblemError`. */
export function readConfig({ argv, env }: Given): Config {
  const flags = readFlags(argv);
  const surroundings = readEnvironment(env);
  const data = resolve(flags.data ?? surroundings.data ?? defaultData(env));
  const file = readFile({ path: flags.config ?? surroundings.config, data });
  const set: Raw = { ...file, ...surroundings, ...flags };
  const { host = '127.0.0.1', port = 7575, logLevel = 'info', help = false, ...rest } = set;
  const config: Config = { ...rest, data, host, port, logLevel, help };
  if (config.exportRoot) config.exportRoot = resolve(config.exportRoot);
  refuseOpenPlainText(config);
  return config;
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');

function refuseOpenPlainText({ host, tlsCert, tlsKey, trustedProxy }: Config): void {
  if (isLoopback(host) || (tlsCert && tlsKey) || trustedProxy?.length) return;
  throw hostNeedsTls(host);
}

function defaultData(env: Given['env']): string {
  const base = env['XDG_DATA_HOME'] || join(env['HOME'] || homedir(), '.local', 'share');
  return join(base, 'lifeboat');
}

function readFlags(argv: readonly string[]): Raw {
  const raw: Record<string, unknown> = {};
  for (let at = 0; at < argv.length; at++) {
    const [flag, inline] = splitOnce(argv[at] ?? '');
    const name = nameOfFlag(flag);
    if (settings[name].value === null) raw[name] = parse(name, flag, inline ?? true);
    else raw[name] = parse(name, flag, inline ?? argv[++at]);
  }
  return raw;
}

function splitOnce(argument: string): [string, string | undefined] {
  const at = argument.indexOf('=');
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

const names = Object.keys(settings) as SettingName[];

function nameOfFlag(flag: string): SettingName {
  const name = names.find((candidate) => `--${kebab(candidate)}` === flag);
  if (!name)
    throw settingUnknown(
      flag,
      nearest(
        flag,
        names.map((known) => `--${kebab(known)}`),
      ),
    );
  return name;
}

function readEnvironment(env: Given['env']): Raw {
  const raw: Record<string, unknown> = {};
  for (const name of names) {
    const key = settings[name].env;
    if (env[key]) raw[name] = parse(name, key, env[key]);
  }
  return raw;
}

/** A file that was named must be there; the one in the data folder may be missing. */
function readFile({ path, data }: { path: string | undefined; data: string }): Raw {
  const place = resolve(path ?? join(data, 'lifeboat.yaml'));
  if (!path && !existsSync(place)) return {};
  const raw: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(readYaml(place))) {
    const name = names.find((candidate) => candidate === key);
    if (!name) throw settingUnknown(`${key} (in ${place})`, nearest(key, names));
    raw[name] = parse(name, `${key} in ${place}`, value);
  }
  return raw;
}

function readYaml(path: string): Record<string, unknown> {
  try {
    const content: unknown = parseYaml(readFileSync(path, 'utf8')) ?? {};
    if (typeof content === 'object' && !Array.isArray(content)) return content as never;
  } catch (error) {
    throw configUnreadable(
      path,
      error instanceof Error ? (error.message.split('\n')[0] ?? '') : '',
    );
  }
  throw configUnreadable(path, 'it holds no settings but a list or a single value');
}

function parse(name: SettingName, given: string, value: unknown): unknown {
  const parsed = settings[name].schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const missing = value === undefined ? 'its value is missing' : undefined;
  throw settingInvalid(
    given,
    missing ?? parsed.error.issues.map(({ message }) => message).join('; '),
  );
}
