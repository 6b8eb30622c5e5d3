import { expect, test } from 'vitest';
import { type CpuProfile, cpuProfile } from '../../../analyzers/callTree/cpuProfile.js';
import { factsOf } from '../../../analyzers/index.js';
import { js, RunBuilder, samplingMs, wasm } from '../buildRun.js';

/** The innermost function of each sample, with those that called it. */
function stacks({ nodes, samples }: CpuProfile): string[] {
  const callers = new Map(nodes.flatMap(({ id, children }) => children.map((child) => [child, id] as const)));
  const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
  return samples.map((sample) => {
    const path: string[] = [];
    for (let id: number | undefined = sample; id !== undefined; id = callers.get(id)) path.push(names.get(id)!);
    return path.reverse().join(' ');
  });
}

test('the profile of the thread that infers has its samples, their stacks and their times', () => {
  const run = new RunBuilder();
  run.thread('other').executes(js, 0, 100);
  const worker = run.thread().executes(wasm('simd128'), 10, 20).executes(js, 20, 24);
  worker.phase('iteration:0', 10, 24);
  const profile = factsOf(run.input()).maybe(cpuProfile)!;
  expect(stacks(profile)).toEqual([
    ...Array.from({ length: 10 / samplingMs }, () => '(root) run wasm-function[0]'),
    ...Array.from({ length: 4 / samplingMs }, () => '(root) run'),
  ]);
  expect(profile.timeDeltas).toHaveLength(profile.samples.length);
  expect(profile.timeDeltas.every((us) => us >= 0)).toBe(true);
  expect(profile.startTime + profile.timeDeltas.reduce((sum, us) => sum + us, 0)).toBe(profile.endTime);
  const hits = profile.nodes.reduce((sum, { hitCount }) => sum + hitCount, 0);
  expect(hits).toBe(profile.samples.length);
  const ids = new Set(profile.nodes.map(({ id }) => id));
  expect(ids.size).toBe(profile.nodes.length);
  expect([...profile.nodes.flatMap(({ children }) => children), ...profile.samples].every((id) => ids.has(id))).toBe(true);
});

test('without inferences it is of the thread that was sampled most, and without samples there is none', () => {
  const run = new RunBuilder();
  run.thread('a').executes(js, 0, 10);
  run.thread('b').executes(wasm('scalar'), 0, 30);
  expect(stacks(factsOf(run.input()).maybe(cpuProfile)!)[0]).toBe('(root) run wasm-function[2]');
  const bare = new RunBuilder();
  bare.thread().task(0, 10);
  const get = factsOf(bare.input());
  expect(get.maybe(cpuProfile)).toBeNull();
  expect(get.why(cpuProfile)?.id).toBe('no-samples');
});
