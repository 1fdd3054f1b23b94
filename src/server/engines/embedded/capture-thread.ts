import { MessageChannel, Worker } from 'node:worker_threads';
import type { Log } from '../../platform/log.ts';
import { ProblemError } from '../../platform/problems.ts';
import type { BackupManifest, EngineCluster, RunContext } from '../engine.ts';
import { captureBroken } from './capture.errors.ts';
import { serveImport } from './import-port.ts';
import type { CaptureOrder, FromThread, ThreadData, ToThread } from './capture.types.ts';
import type { OnHelper } from './writer-lock.ts';

export type CaptureThread = (
  given: {
    order: CaptureOrder;
    cluster: Pick<EngineCluster, 'client' | 'connect'>;
    /** Hears of the git that is fed. */
    onHelper: OnHelper;
  },
  context: RunContext,
) => Promise<BackupManifest>;

/** Runs a capture in a thread of its own and answers its manifest. */
export function createCaptureThread(needs: {
  worker: URL;
  keys: ThreadData['keys'];
  log: Log;
}): CaptureThread {
  return ({ order, cluster, onHelper }, context) =>
    new Promise((resolve, reject) => {
      const { port1: served, port2: importPort } = new MessageChannel();
      const importing = serveImport(served, onHelper);
      const { server } = cluster.client;
      const workerData: ThreadData = { ...order, server, importPort, keys: needs.keys };
      const thread = new Worker(needs.worker, { workerData, transferList: [importPort] });
      const send = (message: ToThread) => thread.postMessage(message);
      const abort = () => send({ type: 'abort' });
      context.signal.addEventListener('abort', abort, { once: true });
      if (context.signal.aborted) abort();
      const on = createListener({ cluster, context, send, log: needs.log }, { resolve, reject });
      thread.on('message', on);
      let reason = new Error('The thread ended early.');
      thread.once('error', (error) => {
        needs.log.error(
          { run: context.run, error: String(error) },
          'the thread of a capture broke',
        );
        reason = new Error('The thread broke.', { cause: error });
      });
      thread.once('exit', () => {
        context.signal.removeEventListener('abort', abort);
        // it changes nothing when the capture was settled before
        void importing.end().finally(() => reject(captureBroken(reason)));
      });
    });
}

function createListener(
  given: {
    cluster: Pick<EngineCluster, 'connect'>;
    context: RunContext;
    send: (message: ToThread) => void;
    log: Log;
  },
  end: { resolve: (manifest: BackupManifest) => void; reject: (error: unknown) => void },
) {
  const { cluster, context, send, log } = given;
  return (message: FromThread): void => {
    switch (message.type) {
      case 'progress':
        return context.progress(message.progress);
      case 'log':
        return context.log(message.level, message.message);
      case 'connect':
        cluster.connect().then(
          (connection) => send({ type: 'connection', id: message.id, connection }),
          (error: unknown) =>
            send({
              type: 'refused',
              id: message.id,
              reason: error instanceof Error ? error.message : '',
            }),
        );
        return undefined;
      case 'done':
        return end.resolve(message.manifest);
      case 'failed':
        if (message.problem.code === 'backups.capture_broken')
          log.error({ run: context.run, stack: message.stack }, 'the capture broke');
        return end.reject(new ProblemError(message.problem));
    }
  };
}
