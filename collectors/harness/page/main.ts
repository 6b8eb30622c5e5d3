import type { HarnessReply, HarnessRequest } from '../protocol.js';
import { createRunner, replyTo } from './runner.js';

declare global {
  interface Window {
    inferscope: {
      /** Creates the realm that will run the workload. */
      start(on: 'worker' | 'main'): Promise<void>;
      send(request: HarnessRequest): Promise<HarnessReply>;
    };
  }
}

let send: (request: HarnessRequest) => Promise<HarnessReply>;

window.inferscope = {
  start: async (on) => {
    send = on === 'worker' ? await startWorker() : startHere();
  },
  send: (request) => send(request),
};

function startHere(): typeof send {
  const runner = createRunner();
  return (request) => replyTo(runner, request);
}

/** A dedicated worker. Its answers come in the order of the requests. */
function startWorker(): Promise<typeof send> {
  const worker = new Worker('/harness/worker.js', { type: 'module', name: 'inferscope' });
  const waiting: ((reply: HarnessReply) => void)[] = [];
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => {
      const error = `the worker failed: ${event.message}`;
      reject(new Error(error));
      for (const answer of waiting.splice(0)) answer({ ok: false, error, failure: null });
    };
    worker.onmessage = ({ data }: MessageEvent<'ready' | HarnessReply>) => {
      if (data === 'ready') {
        resolve((request) => {
          worker.postMessage(request);
          return new Promise((answer) => waiting.push(answer));
        });
      } else waiting.shift()?.(data);
    };
  });
}
