import { startPage } from './app/start.ts';
import { call } from './lib/call.ts';

await startPage({ call, window, now: Date.now });
