import { expect, test } from 'vitest';
import { notAsked, PASS_NAMES, passesOn, whyNothing } from '../../collectors/passes.js';
import { replicatesOf } from '../../collectors/timing/replicatesOf.js';

test('a run makes the passes that it was asked for, in their order, and where operators are placed on a GPU backend only', () => {
  expect(passesOn('wasm', PASS_NAMES)).toEqual(['timing', 'trace', 'operators', 'counts', 'memory']);
  expect(passesOn('webgpu', PASS_NAMES)).toEqual(PASS_NAMES.filter((name) => name !== 'counts'));
  expect(passesOn('webgl', ['memory', 'placement'])).toEqual(['placement', 'memory']);
});

test('a pass that was not asked for is said to be so, and none that the backend has not', () => {
  expect(notAsked('webgl', PASS_NAMES)).toEqual({});
  expect(notAsked('wasm', ['timing', 'trace', 'memory'])).toEqual({
    kernels: { outcome: 'not-asked', detail: 'No time per operator: the operators pass was not asked for.' },
    counts: { outcome: 'not-asked', detail: 'No count of what is executed: the counts pass was not asked for.' },
  });
  expect(Object.keys(notAsked('webgpu', ['trace']))).toEqual(['timing', 'placement', 'kernels', 'memory']);
});

test('a run that recorded nothing says why in the words of what was asked, and not of what was not', () => {
  const asked = {
    kernels: { outcome: 'unavailable', detail: 'No time per operator: onnxruntime-web tells none on webgl.' },
    memory: { outcome: 'failed', detail: 'No memory over the run: the browser closed.' },
    samples: { outcome: 'done', detail: '300 samples' },
  } as const;
  expect(whyNothing({ ...notAsked('webgl', ['operators', 'memory']), ...asked })).toBe(
    'No time per operator: onnxruntime-web tells none on webgl. No memory over the run: the browser closed.',
  );
});

test.each([
  [{ iterations: null, processes: null }, 8],
  [{ iterations: 6, processes: null }, 4],
  [{ iterations: 2, processes: null }, 2],
  [{ iterations: 6, processes: 1 }, 1],
  [{ iterations: null, processes: 12 }, 12],
])('%o are timed in %i processes at the most', (given, count) => {
  expect(replicatesOf({ ...given, passes: ['timing'] })).toBe(count);
  expect(replicatesOf({ ...given, passes: ['trace'] })).toBe(0);
});
