import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { videoAccuracyOf } from '../../../analyzers/video/videoAccuracy.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import type { CollectOptions } from '../../../collectors/collectOptions.js';
import { frameworkFolders } from '../../../collectors/frameworkPackages.js';
import { serveHarness } from '../../../collectors/harness/server.js';
import { plainWorkload } from '../../../collectors/passContext.js';
import { silent } from '../../../collectors/progress.js';
import { checkVideo, videoRounds } from '../../../collectors/qoe/videoRounds.js';
import type { RunRecord } from '../../../collectors/runRecord.js';
import { type VideoLog, videoLogSchema } from '../../../src/bundle/videoLog.js';
import { ownVideo, parseDetects } from '../../../src/cli/ownVideo.js';
import { workloadOf } from '../../../src/cli/workloadOf.js';
import { packageRoot } from '../../../src/packageRoot.js';
import { buildManifest } from '../../bundle/buildManifest.js';
import { serveScripts } from '../serveScripts.js';
import { suiteFolder } from '../suiteFolder.js';
import { boxAt, colourAt, dueAt, testVideo } from './testVideo.js';
import { colourClassifier, squareFinder } from './videoModels.js';

const PLAN = { mostMs: 10_000, mostStill: 300, stillMs: 1e9, rounds: 1, settlingMs: 0 };
const { width, height, frames } = testVideo;
const all = Array.from({ length: frames }, (_, frame) => frame);

/** Labels of all frames: of what moves, or of the colour. */
function coco(of: 'square' | 'sign' | 'colour') {
  return {
    images: all.map((frame) => ({ id: frame + 100, width, height, frame_index: frame })),
    annotations: all.map((frame) => ({
      image_id: frame + 100,
      ...(of === 'colour' ? { category_id: 1 + colourAt(frame) } : { category_id: 7, bbox: boxAt(of, frame) }),
    })),
    categories: [1, 2, 3, 7].map((id) => ({ id, name: `category ${id}` })),
  };
}

describe.skipIf(!findBrowser())('a video of the user (skipped without a browser: trace doctor --fix)', () => {
  const folder = suiteFolder();
  let browser: Browser;
  beforeAll(async () => {
    ({ browser } = await launchBrowser());
    const server = await serveScripts();
    const { outputFiles } = await build({
      entryPoints: [join(packageRoot(), 'test/collectors/qoe/page/makeTestVideo.ts')],
      bundle: true,
      format: 'esm',
      write: false,
    });
    const page = await browser.newPage();
    await page.goto(server.origin);
    await page.addScriptTag({ content: outputFiles[0]!.text, type: 'module' });
    for (const moving of ['square', 'sign'] as const) {
      await page.evaluate((what) => window.makeTestVideo(what), moving);
      await writeFile(join(folder(), `${moving}.webm`), server.take('/video/0')!);
    }
    await page.close();
    await server.close();
    // Half as large as the video.
    await writeFile(join(folder(), 'square.onnx'), squareFinder(width / 2, height / 2));
    await writeFile(join(folder(), 'colour.onnx'), colourClassifier(width / 2, height / 2));
  });
  afterAll(() => browser?.close());

  interface Given {
    /** A file in the folder, or a name. */
    readonly model: string;
    readonly framework?: 'ort' | 'tfjs';
    readonly detects: string | null;
    readonly labels: object;
    readonly classes?: readonly (readonly [number, number])[];
    readonly file?: string;
    readonly plan?: typeof PLAN;
  }

  /** The pass alone, or only the check before it. */
  async function pass(given: Given, onlyCheck = false) {
    const { model, framework = 'ort', detects, labels, classes, file = 'square.webm', plan = PLAN } = given;
    const path = model.endsWith('.onnx') ? join(folder(), model) : model;
    const chosen = { model: path, shapes: [], framework, backend: 'wasm', on: 'worker', threads: 1 } as const;
    const simd = framework === 'tfjs' ? true : null;
    const workload = await workloadOf({ ...chosen, simd, isolated: true, iterations: null, seed: 1 });
    const labelsPath = join(folder(), 'labels.json');
    await writeFile(labelsPath, JSON.stringify(labels));
    const request = {
      video: join(folder(), file),
      labels: labelsPath,
      classes: classes ?? null,
      detects: detects === null ? null : parseDetects(detects),
    };
    const own = await ownVideo(request, workload);
    const options = { ...workload, model: own.model } as unknown as CollectOptions;
    const manifest = buildManifest();
    manifest.workload.inputs = options.inputs.map(({ spec }) => ({ ...spec, shape: [...spec.shape] }));
    const logs: VideoLog[] = [];
    const record = { manifest, writer: { video: async (log: VideoLog) => logs.push(log) } } as unknown as RunRecord;
    const server = await serveHarness({
      modelPath: options.model.path,
      externalData: options.model.externalData,
      inputs: options.inputs.map(({ bytes }) => bytes),
      frameworkFolders: frameworkFolders(framework),
      scriptFolder: join(packageRoot(), 'dist/browser'),
      videoPath: own.video.path,
      isolated: true,
    });
    try {
      const { signal } = new AbortController();
      await checkVideo(own.video, { browser, server, signal });
      if (onlyCheck) return { log: logs[0]!, manifest };
      const plain = plainWorkload(options, manifest);
      await videoRounds(own.video, { browser, server, options, workload: plain, record, progress: silent, signal }, plan);
    } finally {
      await server.close();
    }
    expect(manifest.collectors.video).toMatchObject({ outcome: 'done' });
    expect(videoLogSchema.parse(JSON.parse(JSON.stringify(logs[0])))).toEqual(logs[0]);
    return { log: logs[0]!, manifest };
  }

  test('is set to every frame exactly, and a detector’s boxes are those of that frame, in pixels of the video', async () => {
    const { log } = await pass({
      model: 'square.onnx',
      detects: 'boxes:xyxy,pixels,0..1',
      labels: coco('square'),
      classes: [[0, 7]],
    });
    expect(log.timesMs).toHaveLength(frames);
    log.timesMs.forEach((ms, frame) => {
      // WebM has whole milliseconds.
      expect(Math.abs(ms - 1000 * dueAt('square', frame))).toBeLessThan(1);
    });
    expect([log.still.frames, log.still.unreached, log.still.every]).toEqual([all, [], 1]);
    const { picture, left, top, right, bottom, category } = log.still.found;
    expect(picture).toEqual(all);
    expect(new Set(category)).toEqual(new Set([7]));
    for (const frame of all) {
      const [x, y, w, h] = boxAt('square', frame);
      // A pixel of the input is two of the video, and the square moves by four in a frame.
      const off = [left[frame]! - x, top[frame]! - y, right[frame]! - x - w, bottom[frame]! - y - h];
      expect([frame, Math.max(...off.map(Math.abs)) <= 3]).toEqual([frame, true]);
    }

    const { atZero, atZeroAp, curve, live } = videoAccuracyOf(log)!;
    expect(atZero).toBe(1);
    expect(atZeroAp).toBeGreaterThan(0.8);
    curve.forEach(({ value, perfect }, i) => {
      expect(value).toBeLessThanOrEqual(curve[Math.max(0, i - 1)]!.value + 0.03);
      // The fall is that of labels which come late, not of this detector.
      expect(Math.abs(value - perfect)).toBeLessThan(0.1);
    });
    expect(curve.at(-1)!.value).toBeLessThan(0.1);

    expect(log.rounds.map(({ on }) => on).sort()).toEqual(['main', 'worker']);
    for (const { shown, results } of log.rounds) {
      expect(shown.frame).toEqual([...new Set(shown.frame)].sort((a, b) => a - b));
      expect(shown.frame.at(-1)).toBeGreaterThan(frames / 2);
      expect(results.frame.length).toBeGreaterThan(0);
      results.readyMs.forEach((readyMs, i) => {
        expect(readyMs).toBeGreaterThan(results.takenMs[i]!);
        expect(shown.frame).toContain(results.frame[i]);
        // One picture at a time.
        if (i > 0) expect(results.takenMs[i]!).toBeGreaterThanOrEqual(results.readyMs[i - 1]!);
      });
    }
    for (const { measured, replayed, ageMs } of live) {
      expect(Math.abs(measured - replayed!)).toBeLessThan(0.05);
      expect(ageMs.p50).toBeGreaterThan(0);
    }
  });

  // Another of its kind.
  test('is told the class of by a classifier, which is wrong for as long after a change of the scene as its result is old', {
    tags: ['slow'],
  }, async () => {
    const { log } = await pass({ model: 'colour.onnx', detects: 'class:0..1', labels: coco('colour') });
    const { atZero, curve, live, metric } = videoAccuracyOf(log)!;
    expect([atZero, metric]).toEqual([1, 'top-1']);
    for (const { value, perfect } of curve) expect(value).toBeCloseTo(perfect, 9);
    // After one frame it is wrong in the first of each colour but the first.
    expect(curve[1]!.value).toBeCloseTo(1 - 5 / 59, 9);
    for (const { measured, replayed } of live) expect(Math.abs(measured - replayed!)).toBeLessThan(0.05);
  });

  test('that cannot be played, or is not the one that is labelled, is refused before anything is measured', async () => {
    await writeFile(join(folder(), 'text.webm'), 'no video at all');
    const sound: Given = { model: 'colour.onnx', detects: 'class:0..1', labels: coco('colour') };
    const refused = (given: Partial<Given>) => expect(pass({ ...sound, ...given } as Given, true)).rejects;
    await refused({ file: 'text.webm' }).toThrow(/text\.webm cannot be used: .*WebM or MP4/);
    const labels = coco('colour');
    await refused({
      labels: { ...labels, images: labels.images.map((image) => ({ ...image, width: 640, height: 384 })) },
    }).toThrow(/640 × 384 px, and .*square\.webm is 320 × 192/);
    const later = labels.images.map((image) => ({ ...image, frame_index: image.frame_index + 1 }));
    await refused({ labels: { ...labels, images: later } }).toThrow(/images\[59\] is frame 60, and the last one of .* is 59/);
  });

  // Some detections of a second or so on a busy machine.
  test('whose frames are not evenly spaced is looked at by a detector with trained weights, whose boxes are read as the registry says', {
    tags: ['slow'],
  }, async () => {
    const { log } = await pass({
      model: 'centernet',
      framework: 'tfjs',
      detects: null,
      labels: coco('sign'),
      // COCO's stop sign.
      classes: [[11, 7]],
      file: 'sign.webm',
      plan: { ...PLAN, mostStill: 15 },
    });
    const { atZero, atZeroAp, curve } = videoAccuracyOf(log)!;
    log.timesMs.forEach((ms, frame) => {
      expect(Math.abs(ms - 1000 * dueAt('sign', frame))).toBeLessThan(1);
    });
    expect([log.still.every, log.still.unreached]).toEqual([4, []]);
    expect(atZero).toBeGreaterThan(0.95);
    expect(atZeroAp).toBeGreaterThan(0.6);
    expect(curve.at(-1)!.value).toBeLessThan(0.2);
  });
});
