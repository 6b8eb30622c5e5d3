import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accuracyOf } from '../../../analyzers/accuracy/accuracy.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchFor } from '../../../collectors/browser/launchBrowser.js';
import type { CollectOptions } from '../../../collectors/collectOptions.js';
import { frameworkFolders } from '../../../collectors/frameworkPackages.js';
import { serveHarness } from '../../../collectors/harness/server.js';
import { plainWorkload } from '../../../collectors/passContext.js';
import { silent } from '../../../collectors/progress.js';
import { accuracyRounds } from '../../../collectors/qoe/accuracyRounds.js';
import type { RunRecord } from '../../../collectors/runRecord.js';
import { type AccuracyLog, accuracyLogSchema } from '../../../src/bundle/accuracyLog.js';
import { workloadOf } from '../../../src/cli/workloadOf.js';
import { packageRoot } from '../../../src/packageRoot.js';
import { buildManifest } from '../../bundle/buildManifest.js';

/** Few pictures and short rounds: at this speed the lines move by one step in a frame. */
const PLAN = { stepPx: 8, speedsPxPerS: [240], rounds: 1, roundMs: 1000, settlingMs: 0, slowestMs: 60_000 };

/** The pass alone, with the real detector. */
async function pass(): Promise<{ readonly log: AccuracyLog; readonly manifest: RunRecord['manifest'] }> {
  const chosen = { model: 'ppocr-det', shapes: [], framework: 'ort', backend: 'wasm', on: 'worker', threads: 1 } as const;
  const more = { simd: null, isolated: true, iterations: null, seed: 1 };
  const options = { ...(await workloadOf({ ...chosen, ...more })) } as unknown as CollectOptions;
  const manifest = buildManifest();
  manifest.workload.inputs = options.inputs.map(({ spec }) => ({ ...spec, shape: [...spec.shape] }));
  const logs: AccuracyLog[] = [];
  const record = { manifest, writer: { accuracy: async (log: AccuracyLog) => logs.push(log) } } as unknown as RunRecord;
  const server = await serveHarness({
    modelPath: options.model.path,
    externalData: [],
    inputs: options.inputs.map(({ bytes }) => bytes),
    frameworkFolders: frameworkFolders('ort'),
    scriptFolder: join(packageRoot(), 'dist/browser'),
    isolated: true,
  });
  const { browser } = await launchFor('wasm');
  try {
    const workload = plainWorkload(options, manifest);
    const { signal } = new AbortController();
    await accuracyRounds({ browser, server, options, workload, record, progress: silent, signal }, PLAN);
  } finally {
    await browser.close();
    await server.close();
  }
  return { log: logs[0]!, manifest };
}

test.skipIf(!findBrowser())(
  'the real detector finds all lines that stand still, and what is shown of moving ones is as old as it takes (skipped without a browser: trace doctor --fix)',
  async () => {
    const { log, manifest } = await pass();
    expect(manifest.collectors.accuracy).toMatchObject({ outcome: 'done' });
    expect(accuracyLogSchema.parse(JSON.parse(JSON.stringify(log)))).toEqual(log);
    expect(log.rounds.map(({ round, on, speedPxPerS }) => [round, on, speedPxPerS]).sort()).toEqual([
      [0, 'main', 240],
      [0, 'worker', 240],
    ]);
    for (const { results, frames } of log.rounds) {
      expect(frames.atMs).toHaveLength(30);
      expect(frames.atMs).toEqual([...frames.atMs].sort((a, b) => a - b));
      expect(results.readyMs.length).toBeGreaterThan(0);
      results.readyMs.forEach((readyMs, i) => {
        expect(readyMs).toBeGreaterThan(results.takenMs[i]!);
        // One picture at a time.
        if (i > 0) expect(results.takenMs[i]!).toBeGreaterThanOrEqual(results.readyMs[i - 1]!);
      });
      frames.result.forEach((result, frame) => {
        // What is shown was there before, and stays until the next is: a frame that was not drawn shows what the last one did.
        if (result !== null && frames.drawn[frame]) expect(frames.atMs[frame]!).toBeGreaterThanOrEqual(results.readyMs[result]!);
        if (frame > 0 && !frames.drawn[frame]) expect(result).toBe(frames.result[frame - 1]);
        expect(result ?? -1).toBeGreaterThanOrEqual(frames.result[frame - 1] ?? -1);
      });
    }

    const { atZero, atZeroAp, byShift, live } = accuracyOf(log)!;
    expect(atZero).toBeGreaterThanOrEqual(0.99);
    expect(atZeroAp).toBeGreaterThan(0.6);
    byShift.slice(1).forEach(({ ap50, ap, perfect50 }, i) => {
      expect(ap50).toBeLessThan(byShift[i]!.ap50 + 0.03);
      expect(ap).toBeLessThan(byShift[i]!.ap + 0.03);
      // The fall is that of labels which come late, not of this detector.
      expect(Math.abs(ap50 - perfect50)).toBeLessThan(0.1);
    });
    // On a machine that is too busy nothing may have been shown in time.
    for (const { ageMs, latencyMs, measured, replayed } of live) {
      expect(ageMs.p50).toBeGreaterThanOrEqual(latencyMs.p50 / 2);
      expect(Math.abs(measured - replayed)).toBeLessThan(0.01);
    }
  },
);
