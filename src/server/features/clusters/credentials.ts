import * as z from 'zod/mini';
import { parseInlineKubeconfig } from '../../kubernetes/inline-kubeconfig.ts';
import type { Keyring } from '../../platform/keyring.types.ts';
import type { Reached } from './registry.ts';

const stored = z.object({ kubeconfig: z.string(), context: z.string() });

const identity = (id: string) => `cluster/${id}/kubeconfig`;

type Given = { id: string; kubeconfig: string; context: string };

/** The kubeconfig as it may lie in the database: sealed for this cluster alone. */
export const sealed = (keyring: Keyring, { id, kubeconfig, context }: Given): string =>
  keyring
    .seal(identity(id), Buffer.from(JSON.stringify({ kubeconfig, context })))
    .toString('base64');

/** Throws the keyring's `ProblemError` when the key is missing or the text was altered. */
export function opened(keyring: Keyring, id: string, credentials: string): Reached {
  const text = keyring.open(identity(id), Buffer.from(credentials, 'base64')).toString();
  const { kubeconfig, context } = stored.parse(JSON.parse(text));
  return parseInlineKubeconfig(kubeconfig, context);
}
