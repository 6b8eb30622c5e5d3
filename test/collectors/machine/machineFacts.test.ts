import { cpus } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { busyCores } from '../../../collectors/machine/machineFacts.js';

test('a thread that computes keeps most of a core busy', async () => {
  const worker = new Worker("require('node:worker_threads').parentPort.postMessage(0); for (;;);", { eval: true });
  try {
    await new Promise((resolve) => worker.once('message', resolve));
    const busy = (await busyCores())!;
    expect(busy).toBeGreaterThan(0.5);
    expect(busy).toBeLessThanOrEqual(cpus().length);
  } finally {
    await worker.terminate();
  }
});
