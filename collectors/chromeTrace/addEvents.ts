import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { replaceFile } from '../../src/bundle/replaceFile.js';
import { CollectError } from '../collectError.js';
import { dropEvents, type FoundEvent } from './dropEvents.js';

/** The beginning of every trace that Chrome writes as JSON. */
const HEAD = Buffer.from('{"traceEvents":[');

/**
 * Adds events to a compressed trace, in front of its own events; it must have at least one. The file is streamed, not parsed. It
 * is replaced only when the new one is complete.
 * @param drops selects the trace's own events that are left out; null: none
 */
export async function addEvents(
  path: string,
  events: Iterable<object>,
  drops: ((event: FoundEvent) => boolean) | null = null,
): Promise<void> {
  const kept = (trace: AsyncIterable<Buffer>): AsyncIterable<Buffer> => (drops ? dropEvents(trace, drops) : trace);
  await replaceFile(path, (file) =>
    pipeline(
      createReadStream(path),
      createGunzip({ chunkSize: 1 << 18 }),
      (trace: AsyncIterable<Buffer>) => withEvents(kept(trace), events),
      createGzip(),
      file.createWriteStream(),
    ),
  );
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
