import { parseJson, numberAt, textAt } from '../json.models.ts';
import { badRequest } from '../status.errors.ts';

/** `revision` -1: whatever is there now (the inconsistent token). `after`: key of the last item sent. */
export type Continue = { revision: number; after: string };

/** The form of the real server's token; clients must treat it as opaque. */
export function printContinue({ revision, after }: Continue): string {
  const token = { v: 'meta.k8s.io/v1', rv: revision, start: `/${after}\u0000` };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

export function parseContinue(token: string): Continue {
  const read = readToken(token);
  const start = textAt(read, 'start');
  const revision = numberAt(read, 'rv');
  if (textAt(read, 'v') !== 'meta.k8s.io/v1' || revision === undefined || !start.startsWith('/')) {
    throw notValid('server does not recognize this encoded version');
  }
  return { revision, after: start.slice(1).split('\u0000', 1)[0] ?? '' };
}

function readToken(token: string) {
  try {
    return parseJson(Buffer.from(token, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw notValid(error.message);
    throw error;
  }
}

const notValid = (why: string) =>
  badRequest(`invalid continue token: continue key is not valid: ${why}`);
