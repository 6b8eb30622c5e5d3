import { EventEmitter } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { recordTrace } from '../../../collectors/chromeTrace/recordTrace.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';

/** A protocol session that ends tracing at once, and whose stream holds these chunks; an Error among them breaks it there. */
function fakeSession(chunks: readonly (string | Error)[], dataLossOccurred = false): ProtocolSession {
  const session = new EventEmitter();
  let next = 0;
  const send = async (method: string): Promise<unknown> => {
    if (method === 'Tracing.end')
      queueMicrotask(() => session.emit('Tracing.tracingComplete', { stream: '1', dataLossOccurred }));
    if (method !== 'IO.read') return {};
    const chunk = chunks[next++]!;
    if (chunk instanceof Error) throw chunk;
    return { data: Buffer.from(chunk).toString('base64'), base64Encoded: true, eof: next === chunks.length };
  };
  return Object.assign(session, { send }) as unknown as ProtocolSession;
}

test('streams the trace to its place', async () => {
  const path = join(await temporaryFolder(), 'trace.json.gz');
  const recording = await recordTrace(fakeSession(['ab', 'cd', ''], true), false);
  expect(await recording.stop(path)).toMatchObject({ compressedBytes: expect.any(Number), dataLoss: true });
  expect(gunzipSync(await readFile(path)).toString()).toBe('abcd');
});

test('leaves nothing of a trace whose stream breaks', async () => {
  const folder = await temporaryFolder();
  const recording = await recordTrace(fakeSession(['ab', new Error('Target closed')]), false);
  await expect(recording.stop(join(folder, 'trace.json.gz'))).rejects.toThrow('Target closed');
  expect(await readdir(folder)).toEqual([]);
});
