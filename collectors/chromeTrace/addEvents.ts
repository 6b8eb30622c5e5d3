import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { CollectError } from '../collectError.js';
import { type Dropped, dropPolling } from './dropPolling.js';

/** How every trace begins that Chrome writes as JSON. */
const HEAD = Buffer.from('{"traceEvents":[');

/**
 * Adds events to a compressed trace, before those that it has; there must be one. The file is streamed, not parsed, and is as it was
 * until the new one is whole.
 * @param dropsPolling the GPU process’s polling is dropped on the way
 * @returns what was dropped; null where nothing was looked for
 */
export async function addEvents(path: string, events: Iterable<object>, dropsPolling = false): Promise<Dropped | null> {
  const partial = `${path}.partial`;
  let dropped: Dropped | null = null;
  const kept = (trace: AsyncIterable<Buffer>): AsyncIterable<Buffer> =>
    dropsPolling
      ? dropPolling(trace, (told) => {
          dropped = told;
        })
      : trace;
  try {
    await pipeline(
      createReadStream(path),
      createGunzip({ chunkSize: 1 << 18 }),
      (trace: AsyncIterable<Buffer>) => withEvents(kept(trace), events),
      createGzip(),
      createWriteStream(partial),
    );
    await rename(partial, path);
    return dropped;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function* withEvents(trace: AsyncIterable<Buffer>, events: Iterable<object>): AsyncGenerator<Buffer | string> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const bytes of trace) {
    if (head === null) {
      yield bytes;
      continue;
    }
    head = Buffer.concat([head, bytes]);
    if (head.length < HEAD.length) continue;
    if (!head.subarray(0, HEAD.length).equals(HEAD)) break;
    yield HEAD;
    for (const event of events) yield `\n${JSON.stringify(event)},`;
    yield head.subarray(HEAD.length);
    head = null;
  }
  if (head !== null)
    throw new CollectError('Chrome’s trace does not begin as its traces do, so the CPU samples could not be put into it.');
}
