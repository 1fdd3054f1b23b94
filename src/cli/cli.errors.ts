import type { Problem } from '#shared/http/problem.ts';

/** What scripts can tell apart; part of the interface. */
export const exits = { done: 0, failed: 1, usage: 2, partial: 3, forbidden: 4 } as const;
export type Exit = (typeof exits)[keyof typeof exits];

/** Ends the command with a sentence and an exit code. */
export class CommandError extends Error {
  readonly exit: Exit;

  constructor(sentence: string, exit: Exit, cause?: unknown) {
    super(sentence, { cause });
    this.exit = exit;
  }
}

/** A refusal of the server; `body` is what it sent, for `--json`. */
export class RefusedError extends CommandError {
  readonly problem: Problem;
  readonly body: string;

  constructor(problem: Problem, body: string) {
    super(`${problem.title} ${problem.detail}`.trim(), exitOfStatus(problem.status));
    this.problem = problem;
    this.body = body;
  }
}

export function exitOfStatus(status: number): Exit {
  if (status === 401 || status === 403) return exits.forbidden;
  return status === 400 ? exits.usage : exits.failed;
}

export const usedWrongly = (sentence: string, help = 'lifeboat --help') =>
  new CommandError(`${sentence}\nSee: ${help}`, exits.usage);

export const noServer = (data: string, cause: unknown) =>
  new CommandError(
    `No Lifeboat server is running on the data folder ${data}. Start one with \`npm start\` ` +
      `(\`npm start -- --data ${data}\` for this folder), or name another server with LIFEBOAT_URL and LIFEBOAT_TOKEN.`,
    exits.failed,
    cause,
  );

export const socketForbidden = (socket: string, cause: unknown) =>
  new CommandError(
    `You may not open ${socket}. Run the command as the user who started Lifeboat, or use LIFEBOAT_URL and LIFEBOAT_TOKEN.`,
    exits.forbidden,
    cause,
  );

export const unreachable = (url: string, cause: unknown) =>
  new CommandError(
    `The server at ${url} did not answer (${reasonOf(cause)}). Check LIFEBOAT_URL, and that the server runs.`,
    exits.failed,
    cause,
  );

export const connectionLost = (cause: unknown) =>
  new CommandError(
    `The connection to the server was lost, and it did not come back (${reasonOf(cause)}). ` +
      'What was asked may have been done: look before you ask again.',
    exits.failed,
    cause,
  );

export const notAProblem = (status: number, text: string) =>
  new CommandError(
    `The server answered ${status} with something that is not Lifeboat's: ${JSON.stringify(text.slice(0, 120))}. Check LIFEBOAT_URL.`,
    exits.failed,
  );

export const fileUnreadable = (flag: string, path: string, cause: unknown) =>
  new CommandError(
    `${flag}: ${path} cannot be read (${reasonOf(cause)}). Nothing was sent.`,
    exits.usage,
    cause,
  );

export const notConfirmed = () =>
  new CommandError('That was not the name. Nothing was changed.', exits.failed);

export const noDefaultCluster = (known: readonly string[]) =>
  usedWrongly(
    known.length === 0
      ? 'There is no cluster yet. Add one with `lifeboat clusters add --kubeconfig FILE`.'
      : `Say which cluster with --cluster: ${known.join(', ')}.`,
    'lifeboat clusters list',
  );

/** The short name of a system error, or its message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = codeOf(error);
  return code === undefined || error.message.startsWith(code)
    ? error.message
    : `${code}: ${error.message}`;
}

export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}
