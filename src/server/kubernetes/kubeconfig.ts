import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { Lexer, parse, Parser } from 'yaml';
import { createConnectionSource, serverOf } from './connection-source.ts';
import type { ConnectionSource } from './connection.types.ts';
import { contextUnknown, kubeconfigInvalid, kubeconfigUnreadable } from './kubeconfig.errors.ts';
import { type Kubeconfig, mergeKubeconfigs, readKubeconfig } from './kubeconfig.models.ts';
import type { Environment } from './proxy.ts';

export type KubeconfigContext = {
  /** The context's name, as the file has it. */
  name: string;
  /** Null when the entry has no usable address; `source` then says what is wrong. */
  server: string | null;
  source: ConnectionSource;
};

export type LoadedKubeconfig = {
  contexts: KubeconfigContext[];
  /** Name of the current context; null when no file sets one. */
  current: string | null;
};

/**
 * The contexts of the given kubeconfig files, which must exist; without any, of those that `KUBECONFIG`
 * names or of `~/.kube/config`, which need not. Throws a `ProblemError` that names file and field.
 */
export async function loadKubeconfig(
  given: { paths?: readonly string[]; env?: Environment; now?: () => number } = {},
): Promise<LoadedKubeconfig> {
  const { paths = [], env = process.env, now = Date.now } = given;
  const chosen = paths.length > 0 ? paths : usualPaths(env);
  const files = [];
  for (const path of new Set(chosen.map((one) => resolve(one)))) {
    const text = await readOne(path, paths.length > 0);
    if (text === null) continue;
    files.push({ where: path, directory: dirname(path), config: parseKubeconfig(text, path) });
  }
  const { contexts, current } = mergeKubeconfigs(files);
  const known = contexts.map((context) => ({
    name: context.name,
    server: serverOf(context.cluster),
    source: createConnectionSource(context, { env, now }),
  }));
  const dangling = current !== null && !contexts.some(({ name }) => name === current);
  const where = files.map((file) => file.where).join(', ');
  return { contexts: dangling ? [...known, missing(where, current)] : known, current };
}

/** `where`: the file, for messages. */
export function parseKubeconfig(text: string, where: string): Kubeconfig {
  const read = readKubeconfig(document(text, where));
  if ('wrong' in read) throw kubeconfigInvalid(where, read.wrong);
  return read.ok;
}

/** Far above any kubeconfig, far below what the YAML library can take. Characters, and levels. */
const longest = 4 * 1024 * 1024;
const deepest = 100;

/** JSON is YAML too. An empty file is an empty kubeconfig, as kubectl leaves it behind. */
function document(text: string, where: string): unknown {
  if (text.length > longest) throw kubeconfigInvalid(where, 'it is longer than 4 MiB');
  if (isTooDeep(text))
    throw kubeconfigInvalid(where, `it is nested more than ${deepest} levels deep`);
  try {
    return parse(text, { maxAliasCount: 20, logLevel: 'error' }) ?? {};
  } catch (error) {
    const [line = ''] = error instanceof Error ? error.message.split('\n') : [];
    throw kubeconfigInvalid(where, line.replace(/[.:]$/, ''), error);
  }
}

/** The library builds documents by recursion, so that deep ones end the stack; its parser does not. */
function isTooDeep(text: string): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    Array.from(parser.next(lexeme));
    if (parser.stack.length > deepest) return true;
  }
  return false;
}

function usualPaths(env: Environment): string[] {
  const named = (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir();
  return named.length > 0 ? named : [join(home, '.kube', 'config')];
}

async function readOne(path: string, mustExist: boolean): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (absent && !mustExist) return null;
    throw kubeconfigUnreadable(path, error);
  }
}

/** A current context that no file defines is kept, so that asking for it says why. */
const missing = (where: string, name: string): KubeconfigContext => ({
  name,
  server: null,
  source: async () => {
    throw contextUnknown(where, name);
  },
});
