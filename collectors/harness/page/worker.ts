import type { HarnessRequest } from '../protocol.js';
import { createRunner, replyTo } from './runner.js';

const runner = createRunner();
self.onmessage = async ({ data }: MessageEvent<HarnessRequest>) => self.postMessage(await replyTo(runner, data));
self.postMessage('ready');
