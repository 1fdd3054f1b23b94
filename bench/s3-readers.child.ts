import { connect } from 'node:net';
import process from 'node:process';
import { quantile } from './report.models.ts';

/** Many readers of live changes; prints how long each event took to reach the last of them. */
const [port = 0, readers = 0, events = 0] = process.argv.slice(2).map(Number);
const request = 'GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n';
const idOf = /"id":"(\d+)"/g;
const arrivals = new Map<string, number>();
const delays: number[] = [];

for (let at = 0; at < readers; at++) {
  const socket = connect(port, '127.0.0.1', () => socket.write(request));
  socket.on('data', (chunk) => {
    for (const [, id = ''] of chunk.toString('latin1').matchAll(idOf)) arrived(id);
  });
  await new Promise((resolve) => socket.once('data', resolve));
}

function arrived(id: string): void {
  const count = (arrivals.get(id) ?? 0) + 1;
  arrivals.set(id, count);
  if (count < readers) return;
  delays.push(Number(process.hrtime.bigint() - BigInt(id)) / 1e6);
  if (delays.length < events) return;
  process.stdout.write(JSON.stringify({ p50: quantile(delays, 0.5), p99: quantile(delays, 0.99) }));
  process.exit();
}
