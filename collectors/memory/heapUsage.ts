import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';

const usageSchema = z.object({
  usedSize: z.number(),
  totalSize: z.number(),
  /** Old versions lack it. */
  backingStorageSize: z.number().default(0),
});

export interface Heaps {
  readonly usedBytes: number;
  readonly totalBytes: number;
  readonly arrayBufferBytes: number;
}

/**
 * Asks one thread for its JavaScript heap.
 *
 * What Chromium 156 counts, found by trying: an array buffer is in `backingStorageSize`, touched or not, and in none of the
 * heap's sizes. Wasm memory, shared or not, read or not, grown or not, is in none of the figures; nor is a SharedArrayBuffer. So
 * heaps, array buffers and Wasm memory are disjoint, and their sum counts nothing twice. `performance.memory.totalJSHeapSize` of
 * the page is the heap and its array buffers, without Wasm memory and workers. A thread that runs JavaScript or Wasm answers too,
 * since V8 interrupts it; one that sleeps in Wasm answers when it is woken.
 *
 * https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-getHeapUsage
 */
export async function heapUsage(session: ProtocolSession): Promise<Heaps> {
  const { usedSize, totalSize, backingStorageSize } = usageSchema.parse(await session.send('Runtime.getHeapUsage'));
  return { usedBytes: usedSize, totalBytes: totalSize, arrayBufferBytes: backingStorageSize };
}

/** A thread that has not finished garbage collection by then is most likely a sleeping pool thread. */
export const COLLECT_LIMIT_MS = 10_000;
