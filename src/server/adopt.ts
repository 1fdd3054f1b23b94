import { basename, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { adoptRepository } from './engines/embedded/adopt.ts';
import { runOffline } from './offline.ts';
import { ownKeyFile, usedWrongly } from './offline.errors.ts';
import { readConfig } from './platform/config/config.ts';
import { guardFolder } from './platform/guard-folder.ts';
import { addKeys, openKeyring, readKeyFile } from './platform/keyring.ts';

const usage = 'lifeboat repositories adopt PATH --key FILE [--cluster NAME] [--data DIR]';

/** Takes over a repository of backups that was made on another machine, with the keys that open it. */
await runOffline(async () => {
  const { path, key, as, config } = readArguments();
  const guard = await guardFolder(config.data);
  try {
    const keyring = await readKeyFile(key);
    await takeKeys(config, keyring.keys);
    const { backups } = await adoptRepository({ data: config.data, path, as, keyring });
    return (
      `Took over ${backups === 1 ? '1 backup' : `${backups} backups`} as those of the cluster ${as}. ` +
      'The repository at the old place is unchanged. Start Lifeboat to use them.'
    );
  } finally {
    await guard.release();
  }
});

function readArguments() {
  const { values, positionals } = parse();
  const [path] = positionals;
  if (path === undefined || positionals.length > 1 || values.key === undefined)
    throw usedWrongly(usage);
  const { data } = values;
  const config = readConfig({ argv: data === undefined ? [] : ['--data', data], env: process.env });
  return { path, key: values.key, as: values.cluster ?? basename(path, '.git'), config };
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { key: { type: 'string' }, cluster: { type: 'string' }, data: { type: 'string' } },
    });
  } catch (error) {
    throw usedWrongly(usage, error);
  }
}

type Place = Pick<ReturnType<typeof readConfig>, 'data' | 'encryptionKeyFile'>;

/** Keys come first: a repository without its key would stop the next start. */
async function takeKeys(
  { data, encryptionKeyFile }: Place,
  keys: Parameters<typeof addKeys>[1],
): Promise<void> {
  const folder = join(data, 'keys');
  if (encryptionKeyFile === undefined) return void (await addKeys({ folder }, keys));
  const own = await openKeyring({ folder, keyFile: encryptionKeyFile });
  const known = new Set(own.keys.map(({ id }) => id));
  if (!keys.every(({ id }) => known.has(id))) throw ownKeyFile(encryptionKeyFile);
}
