import { cp } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../analyzers/index.js';
import { analyze } from '../../analyzers/index.js';
import { loadInput } from '../../src/loadInput.js';
import { recordedNames, unpackRecorded } from '../bundle/unpackRecorded.js';

const names = await recordedNames();

const to3 = (value: number): number => Math.round(value * 1000) / 1000;

/** What of an analysis a change of ours should not move unnoticed: no wording, no more digits than mean something. */
function stable({ run, latency, outputs, partition, outliers, gap, wasm, compile, gc, glue, memoryGrowth, pageTasks, gpu, frames, notes }: Analysis) {
  return {
    run: { model: run!.model, on: run!.on, threads: run!.threads },
    latency: {
      setupMs: to3(latency!.setupMs!),
      warmupMs: to3(latency!.warmupMs!),
      predictionMs: to3(latency!.prediction!.medianMs),
      observerEffect: to3(latency!.observerEffect!),
    },
    gap: { nativeMs: to3(gap!.nativeMs), ratio: to3(gap!.ratio) },
    outputsMatch: outputs!.match,
    windows: partition!.windows,
    windowMedianMs: to3(partition!.windowMedianMs),
    typical: { windows: partition!.typical.windows, ms: to3(partition!.typical.ms) },
    causes: Object.fromEntries(partition!.causes.map(({ id, share }) => [id, to3(share)])),
    allWindows: Object.fromEntries(partition!.allWindows.causes.map(({ id, share }) => [id, to3(share)])),
    warmup: Object.fromEntries(partition!.warmup!.map(({ id, share }) => [id, to3(share)])),
    outliers: outliers && { windows: outliers.windows, ms: to3(outliers.ms), more: outliers.more.map(({ id, ms }) => [id, to3(ms)]) },
    functions: wasm?.functions.slice(0, 8).map(({ name, cause, share }) => ({ name, cause, share: to3(share) })),
    features: wasm?.modules.map(({ features }) => features),
    compile: compile!.rows.slice(0, 6).map(({ tier, count, totalMs, criticalMs }) => ({
      tier,
      count,
      totalMs: to3(totalMs),
      criticalMs: to3(criticalMs),
    })),
    beforeTopTier: compile!.beforeTopTier?.predictions,
    gc: gc!.rows.slice(0, 4).map(({ kind, count, totalMs, predictionsMs }) => ({
      kind,
      count,
      totalMs: to3(totalMs),
      predictionsMs: to3(predictionsMs),
    })),
    glue: glue!.functions.slice(0, 4).map(({ cause, builtin, function: name, ms }) => ({ cause, builtin, name, ms: to3(ms) })),
    memoryGrowth: memoryGrowth && { count: memoryGrowth.count, totalMs: to3(memoryGrowth.totalMs) },
    pageTasks: pageTasks!.length,
    gpu: gpu && {
      devices: gpu.devices,
      predictions: Object.fromEntries(Object.entries(gpu.phases.predictions!).map(([key, value]) => [key, to3(value)])),
      programs: [gpu.programs.count, gpu.programs.repeated, gpu.programs.inPredictions],
      calls: gpu.calls.slice(0, 4).map(({ call, kind, site, perPrediction }) => ({
        call,
        kind,
        line: site?.line ?? null,
        ms: to3(perPrediction.ms),
      })),
    },
    frames,
    notes: notes.map(({ level, id }) => `${level} ${id}`),
  };
}

const analyses = new Map<string, Promise<Analysis>>();

/** Of the bundle as it is unpacked: made once, for all tests that only look at it. */
function analysisOf(name: string): Promise<Analysis> {
  const analyzed = async () => analyze(await loadInput(await unpackRecorded(name)));
  return analyses.get(name) ?? analyses.set(name, analyzed()).get(name)!;
}

describe.each(names)('the recorded bundle %s (after a change that is meant: npx vitest run test/golden -u)', (name) => {
  test('gives what it gave', async () => {
    const analysis = await analysisOf(name);
    await expect(`${JSON.stringify(stable(analysis), null, 2)}\n`).toMatchFileSnapshot(`${name}.json`);
  });

  test('gives the same every time, whatever its folder is called', async () => {
    const folder = await unpackRecorded(name);
    const other = join(dirname(folder), 'neutral');
    await cp(folder, other, { recursive: true });
    const once = await analysisOf(name);
    const again = analyze(await loadInput(other));
    expect(basename(again.source.name)).toBe('neutral');
    expect({ ...again, source: once.source }).toEqual(once);
  });

  test('says what is behind the runtime’s shares, and it adds up to them', async () => {
    const { partition, compile, glue, gc } = await analysisOf(name);
    const shareOf = (causes: readonly { readonly id: string; readonly share: number }[], id: string) =>
      causes.find((cause) => cause.id === id)?.share ?? 0;
    const { setup, warmup, predictions } = compile!.phases;
    expect(glue!.ms / partition!.typical.ms).toBeCloseTo(shareOf(partition!.causes, 'runtime.glue'), 6);
    const inScripts = glue!.scripts.reduce((sum, { ms }) => sum + ms, 0);
    expect(inScripts + glue!.leftOverMs).toBeCloseTo(glue!.ms, 6);
    for (const [phase, key] of [
      [setup, 'setup'],
      [warmup, 'warmup'],
      [predictions, 'predictions'],
    ] as const) {
      const rows = compile!.rows.reduce((sum, { critical }) => sum + critical[key], 0);
      expect(rows).toBeCloseTo(phase!.criticalMs, 3);
      expect(phase!.criticalMs).toBeLessThanOrEqual(phase!.totalMs + 0.001);
    }
    // Of what is on the path, time off the CPU is another cause in the partition.
    const ofWarmup = partition!.warmup!.find(({ id }) => id === 'runtime.compile')!;
    expect(ofWarmup.ms).toBeLessThanOrEqual(warmup!.criticalMs + 0.001);
    expect(ofWarmup.ms).toBeGreaterThan(0);
    const collected = (shareOf(partition!.allWindows.causes, 'runtime.gc') * predictions!.windowMs) / gc!.ownerInWindowsMs;
    if (gc!.ownerInWindowsMs > 0) expect(collected).toBeLessThanOrEqual(1.001);
  });

  test('has a cause for every function that took time', async () => {
    const { wasm, partition } = await analysisOf(name);
    expect((wasm?.functions ?? []).filter(({ cause }) => cause === null)).toEqual([]);
    expect(partition!.causes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(partition!.unattributedShare).toBeLessThan(0.1);
  });
});

test('there are recorded bundles of both threads that a model can run on, and of both APIs of the GPU', () => {
  expect(names).toEqual(['mobilenet-v2-main', 'mobilenet-v2-webgl', 'ppocr-det-worker', 'tiny-operators-webgpu']);
});
