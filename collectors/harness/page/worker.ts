import type { HarnessRequest } from '../protocol.js';
import { replyTo } from './replyTo.js';
import { createRunner } from './runner.js';

const run = createRunner();
self.onmessage = async ({ data }: MessageEvent<HarnessRequest>) => self.postMessage(await replyTo(run, data));
self.postMessage('ready');
