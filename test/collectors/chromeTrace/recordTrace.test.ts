import { EventEmitter } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
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
  const recording = await recordTrace(fakeSession(['ab', 'cd', ''], true), []);
  expect(await recording.stop(path)).toMatchObject({ compressedBytes: expect.any(Number), dataLoss: true });
  expect(gunzipSync(await readFile(path)).toString()).toBe('abcd');
});

test('leaves nothing of a trace whose stream breaks', async () => {
  const folder = await temporaryFolder();
  const recording = await recordTrace(fakeSession(['ab', new Error('Target closed')]), []);
  await expect(recording.stop(join(folder, 'trace.json.gz'))).rejects.toThrow('Target closed');
  expect(await readdir(folder)).toEqual([]);
});

describe('a browser that is slow with its trace', () => {
  afterEach(() => void vi.useRealTimers());

  /** Answers the end of tracing, each chunk and each other question after so long; null: never. */
  function slowSession(afterMs: {
    readonly end: number | null;
    readonly chunk: number | null;
    readonly question: number | null;
  }) {
    const session = new EventEmitter();
    let left = 3;
    const later = <T>(ms: number | null, value: T): Promise<T> =>
      new Promise((resolve) => {
        if (ms !== null) setTimeout(() => resolve(value), ms);
      });
    const send = async (method: string): Promise<unknown> => {
      if (method === 'Tracing.end')
        later(afterMs.end, { stream: '1', dataLossOccurred: false }).then((told) =>
          session.emit('Tracing.tracingComplete', told),
        );
      if (method === 'IO.read') return later(afterMs.chunk, { data: 'ab', eof: --left === 0 });
      if (method === 'Browser.getVersion') return later(afterMs.question, {});
      return {};
    };
    return Object.assign(session, { send }) as unknown as ProtocolSession;
  }
  async function stopping(session: ProtocolSession) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const folder = await temporaryFolder();
    const recording = await recordTrace(session, []);
    const seen = { done: false, error: '' };
    const stopped = recording.stop(join(folder, 'trace.json.gz')).then(
      () => {
        seen.done = true;
      },
      (error: Error) => {
        seen.error = `${error.name}: ${error.message}`;
      },
    );
    return { seen, stopped, folder };
  }

  test('is waited for as long as it answers other questions, for its end and for each chunk', async () => {
    const { seen, stopped, folder } = await stopping(slowSession({ end: 200_000, chunk: 100_000, question: 500 }));
    await vi.advanceTimersByTimeAsync(199_000);
    expect(seen).toEqual({ done: false, error: '' });
    while (!seen.done && seen.error === '') await vi.advanceTimersByTimeAsync(1000);
    vi.useRealTimers();
    await stopped;
    expect(seen).toEqual({ done: true, error: '' });
    expect(gunzipSync(await readFile(join(folder, 'trace.json.gz'))).toString()).toBe('ababab');
  });

  test('is given up where it answers nothing for a minute, and the error says so', async () => {
    const { seen } = await stopping(slowSession({ end: null, chunk: null, question: null }));
    await vi.advanceTimersByTimeAsync(61_000);
    expect(seen.error).toBe('CollectError: The end of Chrome’s trace: no sign of life for 60 s.');
  });

  test('is given up after minutes where it answers all else, and leaves nothing of the trace', async () => {
    const ending = await stopping(slowSession({ end: null, chunk: null, question: 1 }));
    await vi.advanceTimersByTimeAsync(601_000);
    expect(ending.seen.error).toBe(
      'CollectError: The end of Chrome’s trace: not there after 10 min, the longest that is waited.',
    );
    vi.useRealTimers();
    const reading = await stopping(slowSession({ end: 1, chunk: null, question: 1 }));
    await vi.advanceTimersByTimeAsync(901_000);
    vi.useRealTimers();
    await reading.stopped;
    expect(reading.seen.error).toBe(
      'CollectError: The rest of Chrome’s trace: not there after 15 min, the longest that is waited.',
    );
    expect(await readdir(reading.folder)).toEqual([]);
  });
});
