import { expect, test } from 'vitest';
import { stackActivities } from '../../../analyzers/activity/callStacks.js';
import { findWasmFunctions } from '../../../analyzers/activity/wasmFunctions.js';
import { gpuCalls } from '../../../analyzers/partition/causes/rules.js';
import { event, readEvents } from '../../trace/buildTrace.js';
import { type Frame, js, module, RunBuilder, scriptUrl, wasm } from '../buildRun.js';

const [gpuCall] = gpuCalls.keys();

function activityOf(frame: Frame, modules = [module]): string {
  const run = new RunBuilder();
  run.thread().executes(frame, 0, 1);
  const trace = run.trace();
  return stackActivities(trace, findWasmFunctions(trace, modules).functions).at(-1)!;
}

test.each([
  ['simd128', 'isa.simd128'],
  ['relaxed', 'isa.relaxed'],
  ['scalar', 'isa.scalar'],
  ['atomic', 'isa.atomic'],
  ['spin', 'contention.spin'],
  ['wait', 'contention.workers'],
  ['copy', 'runtime.memory'],
  ['broken', 'isa.unknown'],
] as const)('a Wasm function that is %s is %s, and unknown without its bytes', (kind, cause) => {
  expect(activityOf(wasm(kind))).toBe(cause);
  expect(activityOf(wasm(kind), [])).toBe('isa.unknown');
});

test.each([
  ['(idle)', 'idle'],
  ['(program)', 'unattributed'],
  ['(root)', 'unattributed'],
  ['(garbage collector)', 'runtime.gc'],
  ['grow', 'runtime.memory'],
  ['structuredClone', 'runtime.memory'],
  ['subarray', 'runtime.glue'],
  ['hasOwnProperty', 'runtime.glue'],
])('V8’s own %s is %s, but a function of a script is glue whatever its name', (functionName, cause) => {
  expect(activityOf({ functionName })).toBe(cause);
  expect(activityOf({ ...js, functionName, url: scriptUrl })).toBe('runtime.glue');
});

test('a call stack may be as deep as the profile has frames', () => {
  const depth = 50_000;
  const nodes = Array.from({ length: depth }, (_, i) => ({
    id: i + 1,
    ...(i > 0 && { parent: i }),
    callFrame: { functionName: i === 0 ? gpuCall : `native ${i}`, url: i === 0 ? scriptUrl : '' },
  })).reverse();
  const trace = readEvents(event.profile(0), event.chunk(1, { nodes, samples: [] }, []));
  const [cause] = new Set(stackActivities(trace, []));
  expect(cause).toMatch(/^gpu\./);
});
