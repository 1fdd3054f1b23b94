import { parentPort, workerData } from 'node:worker_threads';
import { createKubernetesClient } from '../../kubernetes/client.ts';
import type { Connection } from '../../kubernetes/connection.types.ts';
import { ProblemError } from '../../platform/problems.ts';
import { createKeyring } from '../../platform/seal.ts';
import { capture } from './capture.ts';
import { backupCanceled, captureBroken } from './capture.errors.ts';
import { importThrough } from './import-port.ts';
import type { FromThread, ThreadData, ToThread } from './capture.types.ts';

/** The thread of one capture: the server's own loop stays free for people. */
const order: ThreadData = workerData;
const port = parentPort;
if (!port) throw new Error('capture.worker.ts runs as a worker thread');

const tell = (message: FromThread) => port.postMessage(message);
const abort = new AbortController();
const asked = new Map<number, PromiseWithResolvers<Connection>>();

port.on('message', (message: ToThread) => {
  if (message.type === 'abort') return abort.abort();
  const waiting = asked.get(message.id);
  asked.delete(message.id);
  if (message.type === 'connection') waiting?.resolve(message.connection);
  else waiting?.reject(new Error(message.reason));
});

/** Credentials that rotate are read by the thread that owns the cluster. */
function connect(): Promise<Connection> {
  const answer = Promise.withResolvers<Connection>();
  const id = asked.size === 0 ? 1 : Math.max(...asked.keys()) + 1;
  asked.set(id, answer);
  tell({ type: 'connect', id });
  return answer.promise;
}

/** Whatever an aborted capture stumbles over, the reason is that it was canceled. */
function problemOf(error: unknown): ProblemError {
  if (abort.signal.aborted) return backupCanceled();
  return error instanceof ProblemError ? error : captureBroken(error);
}

const client = createKubernetesClient({ server: order.server, source: connect });
try {
  const [first, ...rest] = order.keys;
  if (!first) throw new Error('no key');
  const manifest = await capture(order, {
    client,
    keyring: createKeyring([first, ...rest]),
    startImport: importThrough(order.importPort),
    signal: abort.signal,
    report: {
      progress: (progress) => tell({ type: 'progress', progress }),
      log: (level, message) => tell({ type: 'log', level, message }),
    },
  });
  tell({ type: 'done', manifest });
} catch (error) {
  const { problem } = problemOf(error);
  tell({ type: 'failed', problem, stack: error instanceof Error ? (error.stack ?? '') : '' });
} finally {
  await client.close();
  order.importPort.close();
  port.close();
}
