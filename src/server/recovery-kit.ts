import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runOffline } from './offline.ts';
import { usedWrongly } from './offline.errors.ts';
import { readConfig } from './platform/config/config.ts';
import { recoveryKit } from './platform/key-format.ts';
import { readKeyFile } from './platform/keyring.ts';

/** Prints the keys of this installation: to be kept on paper, apart from the backups. */
await runOffline(async () => {
  const { data, encryptionKeyFile } = readPlace();
  const { keys } = await readKeyFile(encryptionKeyFile ?? join(data, 'keys', 'keyring'));
  return recoveryKit(keys).trimEnd();
});

function readPlace() {
  try {
    const { data } = parseArgs({ options: { data: { type: 'string' } } }).values;
    return readConfig({ argv: data === undefined ? [] : ['--data', data], env: process.env });
  } catch (error) {
    if (error instanceof TypeError) throw usedWrongly('lifeboat keys print [--data DIR]', error);
    throw error;
  }
}
