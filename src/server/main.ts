import { once } from 'node:events';
import process from 'node:process';
import { readConfig } from './platform/config/config.ts';
import { settingsHelp } from './platform/config/help.ts';
import { createLog } from './platform/log.ts';
import { ProblemError } from './platform/problems.ts';
import { type Started, startServer } from './start.ts';

const print = (text: string) => process.stdout.write(`${text}\n`);

function welcome({ url, link, clusters }: Started): string {
  const sandbox = clusters.some(({ kind }) => kind === 'sandbox');
  return [
    '',
    `Lifeboat serves ${url}`,
    `Sign in (once, within 10 minutes): ${link}`,
    `Clusters: ${clusters.map(({ name }) => name).join(', ')}`,
    ...(sandbox ? ['This is a sandbox cluster with made-up objects, for trying things out.'] : []),
    'Commands: npm run -s lifeboat -- --help   (for example: backups create --wait)',
    'Stop with Ctrl-C.',
    '',
  ].join('\n');
}

/** The first signal stops in order, also what only stands by or still starts; the second at once. */
function signalled(): AbortSignal {
  const stop = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(1);
    print('Stopping: runs that are going on end first. Once more to stop at once.');
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return stop.signal;
}

async function run(): Promise<void> {
  const config = readConfig({ argv: process.argv.slice(2), env: process.env });
  if (config.help) {
    process.stdout.write(settingsHelp());
    return;
  }
  const signal = signalled();
  const log = createLog({ level: config.logLevel });
  try {
    const started = await startServer({ config, env: process.env, log, signal });
    print(welcome(started));
    if (!signal.aborted) await once(signal, 'abort');
    await started.stop();
  } catch (error) {
    if (error !== signal.reason) throw error;
  }
  process.exit(0);
}

/** Used wrongly: 2; everything else that keeps Lifeboat from starting: 1. */
function refuse({ problem }: ProblemError): void {
  process.stderr.write(`${problem.title} ${problem.detail}\n`);
  process.exit(problem.status === 400 ? 2 : 1);
}

try {
  await run();
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  refuse(error);
}
