import { beforeEach, expect, test, vi } from 'vitest';
import type { Workload } from '../../../collectors/harness/protocol.js';
import type { PassContext } from '../../../collectors/passContext.js';
import { silent } from '../../../collectors/progress.js';
import { QOE_DEFAULTS, type QoeOptions } from '../../../collectors/qoe/qoeOptions.js';
import { qoePass } from '../../../collectors/qoe/qoePass.js';
import { isGpuCondition } from '../../../src/bundle/qoeConditions.js';
import { type QoeLog, qoeLogSchema } from '../../../src/bundle/qoeLog.js';

/** What was opened: in which browser, where, and with which workload; and which browsers were launched and closed. */
const seen = vi.hoisted(() => ({ opened: [] as unknown[], launched: [] as string[], closed: 0 }));

vi.mock('../../../collectors/browser/whileConnected.js', () => ({ whileConnected: (_: unknown, work: unknown) => work }));
vi.mock('../../../collectors/browser/ownFacts.js', () => ({
  drawingFacts: async () => ({ gpuCompositing: 'enabled', renderer: 'a GPU' }),
}));
vi.mock('../../../collectors/browser/launchBrowser.js', () => ({
  launchFor: async (backend: string) => {
    seen.launched.push(backend);
    return { browser: { ...browser, name: 'its own', close: async () => void seen.closed++ } };
  },
}));
vi.mock('../../../collectors/harness/session.js', () => ({
  openHarness: async ({ name }: { name: string }) => ({
    page: { evaluate: async () => null },
    open: async (on: string, { backend, simd }: Workload) => seen.opened.push([name, on, backend, simd]),
    setup: async () => null,
    warmup: async () => 1,
    settle: async () => [1],
    repeat: async () => [1, 2],
    close: async () => undefined,
  }),
}));
vi.mock('../../../collectors/qoe/useRound.js', () => ({
  openPage: async () => undefined,
  useRound: async (_: unknown, __: unknown, run: (forMs: number) => Promise<readonly number[]>) => ({
    seen: { seconds: 1, operations: [], scriptedMs: [], animationFrames: 1, video: null },
    meanwhile: await run(1000),
  }),
}));
vi.mock('../../../collectors/qoe/accuracyRounds.js', () => ({ accuracyRounds: async () => undefined }));

const browser = { name: 'the run’s', newBrowserCDPSession: async () => ({}) };

/** Two rounds of a page beside a model. */
async function pass(backends: QoeOptions['backends'], backend = 'wasm'): Promise<QoeLog> {
  const logs: QoeLog[] = [];
  const collectors: Record<string, { outcome: string; detail: string }> = {};
  const context = {
    browser,
    server: { origin: '' },
    options: { seed: 3, backend },
    workload: { runId: 'r1', backend, simd: true },
    record: { manifest: { collectors }, writer: { qoeFolder: '', qoe: async (log: QoeLog) => logs.push(structuredClone(log)) } },
    progress: silent,
    signal: new AbortController().signal,
  } as unknown as PassContext;
  await qoePass({ ...QOE_DEFAULTS, rounds: 2, backends }, context);
  expect(collectors.qoe).toEqual({ outcome: 'done', detail: expect.stringMatching(/^\d+ rounds of a page that is used$/) });
  return qoeLogSchema.parse(logs.at(-1));
}

beforeEach(() => Object.assign(seen, { opened: [], launched: [], closed: 0 }));

test('conditions take turns in random order, in the browser of the run', async () => {
  const log = await pass([]);
  expect(log.conditions).toEqual(['none', 'main', 'worker']);
  for (const round of [0, 1]) {
    const of = log.rounds.filter((each) => each.round === round).map(({ condition }) => condition);
    expect([...of].sort()).toEqual(['main', 'none', 'worker']);
  }
  expect(seen.launched).toEqual([]);
  expect(new Set(seen.opened.map(String))).toEqual(new Set(['the run’s,main,wasm,true', 'the run’s,worker,wasm,true']));
});

test('a GPU backend is a condition on the main thread, and all are made in a browser that uses a GPU', async () => {
  const log = await pass(['webgl', 'webgpu']);
  expect(log).toMatchObject({
    conditions: ['none', 'main', 'worker', 'webgl', 'webgpu'],
    gpuCompositing: 'enabled',
    renderer: 'a GPU',
  });
  expect(log.rounds).toHaveLength(10);
  expect(log.rounds.filter(({ condition }) => isGpuCondition(condition)).map(({ inferencesMs }) => inferencesMs)).toEqual(
    Array.from({ length: 4 }, () => [1, 2]),
  );
  expect(new Set(seen.opened.map(String))).toEqual(
    new Set(['its own,main,wasm,true', 'its own,worker,wasm,true', 'its own,main,webgl,', 'its own,main,webgpu,']),
  );
  expect([seen.launched, seen.closed]).toEqual([['webgl'], 1]);
});

test('a run on a GPU has such a browser already', async () => {
  await pass(['webgpu'], 'webgl');
  expect(seen.launched).toEqual([]);
  expect(new Set(seen.opened.map(String))).toContain('the run’s,main,webgpu,');
});
