import fc from 'fast-check';
import { test } from 'vitest';
import type { BesideRun } from '../../../analyzers/gap/beside.js';
import type { Effect } from '../../../analyzers/gap/effects.js';
import type { Analysis } from '../../../analyzers/index.js';
import { contention, isa, runtime } from '../../../analyzers/partition/causes/index.js';
import { stepsOf } from '../../../analyzers/steps/steps.js';
import { validityOf } from '../../../analyzers/validity/validity.js';
import { buildAnalysis } from '../../report/buildAnalysis.js';
import { buildGpuAnalysis } from '../../report/buildGpuAnalysis.js';
import { buildPage } from '../../report/buildPage.js';
import { expectConsistent } from './consistent.js';

/** Recorded bundles are in planted.test.ts. */
test('what is said of runs and pages of any kind does not contradict itself', () => {
  fc.assert(fc.property(situations, expectConsistent), { numRuns: 100, seed: 11 });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const signed = fc.double({ min: -60, max: 60, noNaN: true });
const effect = (id: string): fc.Arbitrary<Effect & BesideRun> =>
  fc.tuple(signed, fc.double({ min: 0, max: 60, noNaN: true })).map(([ms, reach]) => {
    const compared = { ratio: 1, ratioCi95: [1, 1] as const, outputDifference: null, outputsAgree: null };
    const ci95Ms = [ms - reach, ms + reach] as const;
    return { id, alias: id, title: id, ms, ci95Ms, ...compared, evidence: 'a pair', advice: '' };
  });

/** What decides on steps, in any combination. */
const situations: fc.Arbitrary<Analysis> = fc
  .record({
    isPage: fc.boolean(),
    framework: fc.constantFrom('ort', 'tfjs', 'echo'),
    backend: fc.constantFrom('wasm', 'webgl', 'webgpu'),
    on: fc.constantFrom('worker', 'main') as fc.Arbitrary<'worker' | 'main'>,
    threads: fc.integer({ min: 1, max: 8 }),
    cores: fc.integer({ min: 1, max: 8 }),
    isolated: fc.boolean(),
    simd: fc.constantFrom(true, false, null),
    webgpu: fc.constantFrom('hardware', 'software', 'off') as fc.Arbitrary<'hardware' | 'software' | 'off'>,
    spin: share,
    preempted: share,
    scalar: share,
    gc: share,
    n: fc.integer({ min: 1, max: 40 }),
    width: fc.double({ min: 0, max: 3, noNaN: true }),
    effects: fc.array(fc.constantFrom('isa.simd', 'threads.isolation', 'contention.page', 'runtime.tier').chain(effect), {
      maxLength: 3,
    }),
    beside: fc.array(fc.constantFrom('threads.2', 'threads.4', 'simd.off').chain(effect), { maxLength: 3 }),
    dataLoss: fc.boolean(),
  })
  .map((from) => {
    const base = from.backend === 'wasm' ? buildAnalysis() : buildGpuAnalysis();
    const { partition, latency, gap, machine, browser } = base;
    const weights = {
      [contention.spin.id]: from.spin,
      [contention.preempted.id]: from.preempted,
      [isa.scalar.id]: from.scalar,
      [runtime.gc.id]: from.gc,
    };
    const total = Object.values(weights).reduce((sum, each) => sum + each, 1e-3);
    const ms = partition!.typical.ms;
    const causes = [...Object.entries(weights), ['unattributed', 1e-3] as const].map(([id, weight]) => {
      return { ...partition!.causes[0]!, id, share: weight / total, ms: (weight / total) * ms, ci95Ms: [0, ms] as const };
    });
    const medianMs = latency!.prediction!.medianMs;
    const prediction = {
      ...latency!.prediction!,
      n: from.n,
      ci95Ms: [medianMs / (1 + from.width), medianMs * (1 + from.width)] as const,
    };
    const analysis: Analysis = {
      ...base,
      partition: { ...partition!, causes, allWindows: { ms, causes } },
      latency: { ...latency!, prediction, traced: { ...latency!.traced, prediction } },
      machine: { ...machine!, cores: from.cores },
      browser: { ...browser!, webgpu: from.webgpu },
      ...(from.isPage
        ? { run: null, gap: null, outputs: null, kernelTotals: null, kernels: [], page: buildPage() }
        : {
            run: {
              ...base.run!,
              framework: from.framework,
              on: from.on,
              threads: from.threads,
              threadsAsked: from.threads,
              crossOriginIsolated: from.isolated,
              isolated: from.isolated,
              simd: from.simd,
            },
            gap: gap && { ...gap, effects: from.effects, beside: from.beside },
          }),
    };
    const validity = validityOf(analysis, { dataLoss: from.dataLoss, traceLost: null });
    return { ...analysis, validity, steps: stepsOf(analysis, validity), notes: [] };
  });
