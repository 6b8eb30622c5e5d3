import { expect, test } from 'vitest';
import type { CollectOptions } from '../../../collectors/collectOptions.js';
import { silent } from '../../../collectors/progress.js';
import { QOE_DEFAULTS, type QoeOptions } from '../../../collectors/qoe/qoeOptions.js';
import { tryBackends } from '../../../collectors/qoe/tryBackends.js';
import type { TryOptions, TryResult } from '../../../collectors/tryRun.js';

/** What is tried of a run that asks for these conditions, and the error that ends it. */
async function tried(backends: QoeOptions['backends'], answer: TryResult, backend = 'wasm') {
  const asked: (readonly [backend: string, software: boolean | null])[] = [];
  const attempt = async (each: TryOptions): Promise<TryResult> => {
    asked.push([each.backend, each.software]);
    return answer;
  };
  const run = { model: { name: 'tiny' }, inputs: [], framework: 'ort', backend, threads: 1, qoe: { ...QOE_DEFAULTS, backends } };
  const { signal } = new AbortController();
  const error = await tryBackends(run as unknown as CollectOptions, true, silent, signal, attempt).then(
    () => null,
    (thrown: Error) => `${thrown.name}: ${thrown.message}`,
  );
  return { asked, error };
}

const RUNS: TryResult = { outcome: 'runs', reason: null };

test('every backend that is asked for is tried, in a browser that has yet to say whether it has a GPU', async () => {
  expect(await tried(['webgl', 'webgpu'], RUNS)).toEqual({
    asked: [
      ['webgl', null],
      ['webgpu', null],
    ],
    error: null,
  });
  // The browser of a run on a GPU has said so.
  expect((await tried(['webgpu'], RUNS, 'webgl')).asked).toEqual([['webgpu', true]]);
  expect(await tried([], RUNS)).toEqual({ asked: [], error: null });
});

test('a model that does not run on one ends the run, with the reason and what to do', async () => {
  const { error } = await tried(['webgl'], { outcome: 'fails', reason: 'lacks the operator HardSigmoid' });
  expect(error).toBe(
    'CollectError: --qoe-backend webgl: onnxruntime-web cannot run tiny on it: lacks the operator HardSigmoid. Leave it out, or try another framework or model ("trace models" lists what runs where).',
  );
  const slow = await tried(['webgpu'], { outcome: 'unfinished', reason: 'not done within 180 s' });
  expect(slow.error).toContain('tiny is too slow on it here: not done within 180 s.');
});
