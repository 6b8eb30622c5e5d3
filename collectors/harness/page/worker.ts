import type { HarnessRequest } from '../protocol.js';
import { replyTo } from './replyTo.js';
import { createRunner } from './runner.js';

const runner = createRunner();
self.onmessage = async ({ data }: MessageEvent<HarnessRequest>) => self.postMessage(await replyTo(runner, data));
self.postMessage('ready');
