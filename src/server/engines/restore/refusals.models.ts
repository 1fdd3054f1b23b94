/** What the API server answered; the shape of an `ApiError`. */
export type Refusal = { status: number; reason: string; message: string };

const longest = 600;

/** An admission webhook with side effects refuses dry runs altogether: nothing is known then. */
export const cannotDryRun = ({ status, message }: Refusal): boolean =>
  status === 400 && /does not support dry run/i.test(message);

export const isTerminating = ({ status, message }: Refusal): boolean =>
  (status === 403 || status === 409) && /being terminated|is being deleted/i.test(message);

export const alreadyExists = ({ status, reason }: Refusal): boolean =>
  status === 409 && reason === 'AlreadyExists';

/** Another writer was faster (also on a quota's bookkeeping): the same again may well succeed. */
export const isConflict = ({ status, reason }: Refusal): boolean =>
  status === 409 && reason !== 'AlreadyExists';

export const isMissing = ({ status }: Refusal): boolean => status === 404;

/** No answer, or a server in trouble. Whether the write took place is unknown. */
export const isTrouble = ({ status }: Refusal): boolean =>
  status === 0 || status === 429 || status >= 500;

/**
 * Refused because something is missing that this restore, or a controller, is about to make: the
 * service account of a pod, the role of a binding, a kind just defined.
 */
export const isNotYet = ({ status, message }: Refusal): boolean =>
  (status === 404 || status === 403 || status === 400) && /not found|could not find/i.test(message);

/**
 * A refusal as a plain sentence. Of sealed kinds the server's own words are left out: validation errors
 * quote values.
 */
export function explain(refusal: Refusal, { sealed }: { sealed: boolean }): string {
  const cause = causeOf(refusal);
  if (sealed)
    return `${cause} (${refusal.reason}). The server's words are left out: they may quote the content.`;
  const words = refusal.message.trim();
  return `${cause}: ${words.length > longest ? `${words.slice(0, longest)}…` : words}`;
}

function causeOf(refusal: Refusal): string {
  const { status, message } = refusal;
  if (isTrouble(refusal)) return 'The API server could not do it';
  if (/exceeded quota/i.test(message)) return 'A quota refuses it';
  if (
    /immutable|may not be changed|are forbidden|cannot be changed/i.test(message) &&
    status === 422
  )
    return 'A field of it cannot be changed in place (the conflict policy “replace” makes it anew)';
  if (/admission webhook/i.test(message)) return 'An admission webhook refuses it';
  if (status === 403) return 'It is forbidden';
  if (status === 404) return 'Its kind or what it needs is missing';
  if (status === 413) return 'It is too large for this API server';
  return 'The API server refuses it';
}
