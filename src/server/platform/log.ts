import { type DestinationStream, pino } from 'pino';

type Write = (fields: Record<string, unknown>, message: string) => void;

/** Structured, one JSON line per event; the fields are named one by one, so that no secret slips in. */
export type Log = { debug: Write; info: Write; warn: Write; error: Write };

/** Long texts from clusters are cut: a log line is for reading. */
const longest = 4_000;

/** Fields that never are written, whoever hands them over. */
const redact = {
  paths: [
    'password',
    'token',
    'secret',
    'secretAccessKey',
    'authorization',
    'cookie',
    'kubeconfig',
  ].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
  censor: '[left out]',
};

export function createLog({
  level,
  destination,
}: {
  level: 'error' | 'warn' | 'info' | 'debug';
  destination?: DestinationStream;
}): Log {
  const logger = pino(
    { level, redact, base: null, serializers: { err: describeError } },
    destination,
  );
  const write =
    (name: keyof Log): Write =>
    (fields, message) =>
      logger[name](fields, message.length > longest ? `${message.slice(0, longest)}…` : message);
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

type Described = { type: string; message: string; stack?: string; cause?: Described };

/** The whole chain of causes, without the fields that libraries hang on errors (they hold requests). */
function describeError(error: unknown): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { name: type, message, stack, cause } = error;
  return {
    type,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
