import { expect, test, vi } from 'vitest';
import type { HarnessSession } from '../../../collectors/harness/session.js';
import type { PassContext } from '../../../collectors/passContext.js';
import { silent } from '../../../collectors/progress.js';
import { accuracyRounds } from '../../../collectors/qoe/accuracyRounds.js';
import type { AccuracyLog } from '../../../src/bundle/accuracyLog.js';
import { TEXT_LINES } from '../../../src/detection/detects.js';
import { toColumns } from '../../../src/detection/foundColumns.js';
import { buildLive, findAll } from '../../analyzers/accuracy/buildAccuracyLog.js';
import { sizes } from '../../detection/sizes.js';

/** The page answers as if the detector found everything, or as told. */
const page = vi.hoisted(() => ({ live: async (): Promise<unknown> => null, opened: [] as string[] }));
vi.mock('../../../collectors/harness/session.js', () => ({
  openHarness: async (): Promise<Partial<HarnessSession>> => ({
    open: async (on) => {
      page.opened.push(on);
      return { frameworkVersion: '1', crossOriginIsolated: true, hardwareConcurrency: 2 };
    },
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
  const { round: _, on: __, speedPxPerS: ___, ...log } = buildLive({ on: 'main', speedPxPerS: 60, latencyMs: 50 });
  return log;
};

async function pass({ detects, signal = new AbortController().signal }: { detects?: 'text-lines'; signal?: AbortSignal }) {
  const logs: AccuracyLog[] = [];
  const collectors: Record<string, { outcome: string; detail: string }> = {};
  const context = {
    options: { on: 'worker', seed: 1, model: { ...(detects && { detects: TEXT_LINES }) } },
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

test('in each round both speeds are shown in a fresh page with the model in it, and in one with a worker, in an order of its own', async () => {
  page.live = whole;
  page.opened.length = 0;
  const { log, entry } = await pass({ detects: 'text-lines' });
  expect(entry).toEqual({ outcome: 'done', detail: 'pictures that stand still, and ones that move in 8 fresh pages' });
  const orders = [0, 1, 2, 3].map((round) =>
    log!.rounds.filter((each) => each.round === round).map(({ on, speedPxPerS }) => `${on} ${speedPxPerS}`),
  );
  for (const order of orders) expect([...order].sort()).toEqual(['main 120', 'main 60', 'worker 120', 'worker 60']);
  expect(new Set(orders.map((order) => order.join())).size).toBeGreaterThan(1);
  // The first page is of pictures that stand still.
  expect(page.opened).toEqual([
    'worker',
    ...orders.flatMap(([first, , third]) => [first, third].map((each) => each!.split(' ')[0])),
  ]);
  expect(log!.rounds).toHaveLength(16);
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
