import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pageHooks } from '../../../collectors/page/pageHooks.js';
import type { PageRecord } from '../../../collectors/page/pageRecord.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const BYTES = Buffer.alloc(7 << 20, 1);
const LISTED = JSON.stringify({
  wasm: null,
  gpu: null,
  problem: '',
  modules: [{ url: '/m.wasm', sha256: null, length: BYTES.length }],
});

/** A realm of a page or worker, whose handle answers each question after so long; null: it sleeps once it is hooked. */
function realm(answerMs: number | null): ProtocolSession {
  const listeners = new Map<string, (params: unknown) => void>();
  const answers = (expression: string): unknown => {
    if (expression.includes('.read()')) return LISTED.length;
    if (expression.includes('.text(')) return LISTED;
    if (expression.includes('.remove()')) return '[]';
    const [, from, to] = /\.bytes\(0, (\d+), (\d+)\)/.exec(expression) ?? [];
    return from === undefined ? undefined : BYTES.subarray(Number(from), Number(to)).toString('base64');
  };
  return {
    on: (event, listener) => listeners.set(event, listener),
    async send(method, params) {
      if (method === 'Page.addScriptToEvaluateOnNewDocument') return { identifier: '1' };
      if (method === 'Runtime.enable')
        listeners.get('Runtime.executionContextCreated')!({ context: { uniqueId: 'r', auxData: { isDefault: true } } });
      if (method !== 'Runtime.evaluate') return {};
      const { expression } = params as { expression: string };
      const isHook = expression.includes('installPageHook');
      if (!isHook && answerMs === null) await new Promise(() => {});
      if (!isHook) await new Promise((resolve) => setTimeout(resolve, answerMs!));
      return { result: { value: answers(expression) } };
    },
  };
}

/** A bundle that keeps only what the manifest says. */
function record() {
  const manifest = { modules: [] as object[], collectors: {} as Record<string, unknown>, page: { notes: [] as string[] } };
  const writer = {
    module: async (url: string, bytes: Uint8Array) => ({
      url,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    }),
  };
  return { manifest, asRecord: { manifest, writer } as unknown as PageRecord };
}
/** Lets time go by until work is done. @returns how long that took, s */
async function passing(work: Promise<unknown>): Promise<number> {
  let isDone = false;
  work.finally(() => {
    isDone = true;
  });
  const startMs = performance.now();
  while (!isDone) await vi.advanceTimersByTimeAsync(500);
  return (performance.now() - startMs) / 1000;
}
const answering = async () => {};

test('keeps the bytes of a module that come slowly, part by part', async () => {
  const hooks = pageHooks(() => {}, answering);
  await hooks.hold(realm(12_000), 'page');
  const { manifest, asRecord } = record();
  const tookS = await passing(hooks.keep(asRecord, new Map()));
  expect(tookS).toBeGreaterThan(70);
  expect(manifest.modules).toEqual([expect.objectContaining({ url: '/m.wasm', bytes: BYTES.length })]);
  expect(manifest.collectors.modules).toEqual({ outcome: 'done', detail: '1 Wasm modules captured' });
});

test('a pool worker that sleeps in Wasm holds the end up only for a while after the last answer of the others', async () => {
  const hooks = pageHooks(() => {}, answering);
  await hooks.hold(realm(2000), 'page');
  await hooks.hold(realm(null), 'worker');
  const { manifest, asRecord } = record();
  const tookS = await passing(hooks.keep(asRecord, new Map()));
  expect(tookS).toBeLessThan(40);
  expect(manifest.modules).toHaveLength(1);
  expect(manifest.collectors.modules).toEqual({ outcome: 'done', detail: '1 Wasm modules captured' });
});

test('a worker that is slow, as all are, keeps its log: while others answer, and while the browser itself is slow', async () => {
  const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 5000));
  for (const witness of [answering, slow]) {
    const hooks = pageHooks(() => {}, witness);
    await hooks.hold(realm(witness === slow ? 30_000 : 8000), 'page');
    await hooks.hold(realm(witness === slow ? 40_000 : 9000), 'worker');
    const { manifest, asRecord } = record();
    await passing(hooks.keep(asRecord, new Map()));
    expect(manifest.collectors.wasm).toEqual({ outcome: 'done', detail: '0 calls into Wasm' });
    expect(manifest.collectors.modules).toMatchObject({ outcome: 'done' });
  }
});

test('a page that hangs is given up, and it is said that it did not answer', async () => {
  const hooks = pageHooks(() => {}, answering);
  await hooks.hold(realm(null), 'page');
  const { manifest, asRecord } = record();
  expect(await passing(hooks.keep(asRecord, new Map()))).toBeLessThan(50);
  expect(manifest.collectors.modules).toEqual({ outcome: 'failed', detail: 'A thread of a page did not answer.' });
});
