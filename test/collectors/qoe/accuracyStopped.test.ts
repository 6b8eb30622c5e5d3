import { expect, test, vi } from 'vitest';
import type { HarnessSession } from '../../../collectors/harness/session.js';
import type { PassContext } from '../../../collectors/passContext.js';
import { silent } from '../../../collectors/progress.js';
import { accuracyRounds } from '../../../collectors/qoe/accuracyRounds.js';
import type { AccuracyLog } from '../../../src/bundle/accuracyLog.js';
import { toColumns } from '../../../src/detection/foundColumns.js';
import { buildLive, findAll } from '../../analyzers/accuracy/buildAccuracyLog.js';
import { sizes } from '../../detection/sizes.js';

/** The page answers as if the detector found everything, or as told. */
const page = vi.hoisted(() => ({ live: async (): Promise<unknown> => null }));
vi.mock('../../../collectors/harness/session.js', () => ({
  openHarness: async (): Promise<Partial<HarnessSession>> => ({
    open: async () => ({ frameworkVersion: '1', crossOriginIsolated: true, hardwareConcurrency: 2 }),
    setup: async () => ({ ms: 1, threads: 1, note: null }),
    whileOpen: (work) => work,
    close: async () => undefined,
    page: {
      addScriptTag: async () => null,
      evaluate: async (_: unknown, asked?: readonly number[] | { readonly roundMs: number }) => {
        if (asked === undefined) return sizes;
        return Array.isArray(asked) ? toColumns(asked.map(findAll)) : page.live();
      },
    } as unknown as HarnessSession['page'],
  }),
}));

const whole = async () => {
  const { on: _, speedPxPerS: __, ...log } = buildLive({ on: 'main', speedPxPerS: 60, latencyMs: 50 });
  return log;
};

async function pass({ detects, signal = new AbortController().signal }: { detects?: 'text-lines'; signal?: AbortSignal }) {
  const logs: AccuracyLog[] = [];
  const collectors: Record<string, { outcome: string; detail: string }> = {};
  const context = {
    options: { on: 'worker', model: { ...(detects && { detects }) } },
    workload: { inputs: [{ name: 'x', type: 'float32', shape: [1, 3, 320, 320] }] },
    record: { manifest: { collectors }, writer: { accuracy: async (log: AccuracyLog) => logs.push(log) } },
    progress: silent,
    signal,
  } as unknown as PassContext;
  const error = await accuracyRounds(context).then(
    () => null,
    (thrown: Error) => thrown.message,
  );
  return { log: logs[0], entry: collectors.accuracy, error };
}

test('of a model whose right answers are not known it is said why there is no accuracy', async () => {
  const { log, entry, error } = await pass({});
  expect([log, error, entry?.outcome]).toEqual([undefined, null, 'unavailable']);
  expect(entry!.detail).toMatch(/needs a model whose right answers are known/);
});

test('two speeds are shown with the model in the page, and two in a worker', async () => {
  page.live = whole;
  const { log, entry } = await pass({ detects: 'text-lines' });
  expect(entry!.outcome).toBe('done');
  expect(log!.rounds.map(({ on, speedPxPerS }) => `${on} ${speedPxPerS}`)).toEqual([
    'main 60',
    'main 120',
    'worker 60',
    'worker 120',
  ]);
});

test('rounds that were whole when the run was stopped are kept', async () => {
  const stop = new AbortController();
  let rounds = 0;
  page.live = async () => {
    if (++rounds < 3) return whole();
    stop.abort('SIGINT');
    throw new Error('The run was stopped.');
  };
  const { log, error } = await pass({ detects: 'text-lines', signal: stop.signal });
  expect(error).toBe('The run was stopped.');
  expect(log!.rounds).toHaveLength(2);
});

test('a round that the page tells wrongly is not taken, and the run goes on', async () => {
  page.live = async () => ({ ...(await whole()), results: { frame: [1], takenMs: [], readyMs: [] } });
  const { log, entry, error } = await pass({ detects: 'text-lines' });
  expect([error, entry?.outcome, log?.rounds.length]).toEqual([null, 'failed', 0]);
});
