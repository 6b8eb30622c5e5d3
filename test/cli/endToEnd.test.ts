import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '../../analyzers/index.js';
import { findWindows } from '../../analyzers/windows/index.js';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { canSampleScheduling } from '../../collectors/scheduling/sampleScheduling.js';
import { type Manifest, manifestSchema } from '../../src/bundle/manifest.js';
import { loadInput } from '../../src/loadInput.js';
import { unpackRecorded } from '../bundle/unpackRecorded.js';
import { tinyModel } from '../models/onnx/tinyModel.js';
import { DEFAULT_ITERATIONS, MAIN_ITERATIONS } from '../recordings/index.js';
import { copyOf, type Recording, recording } from '../recordings/recording.js';
import { devtoolsMeasures } from './devtoolsMeasures.js';
import { BRIEFLY, type Ended, runTrace } from './runTrace.js';

const ITERATIONS = DEFAULT_ITERATIONS;

describe.skipIf(!findBrowser())('from a model to a report (skipped without a browser: trace doctor --fix)', () => {
  let folder: string;
  let shared: Recording;
  let onMain: Recording;
  const bundle = () => shared.folder;
  const page = () => onMain.folder;
  let analyzed: Ended;
  let analysis: Analysis;
  let manifest: Manifest;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inferscope-end-'));
    shared = await recording('default');
    onMain = await recording('main');
    analyzed = await runTrace(['analyze', bundle(), '--json']);
    analysis = JSON.parse(analyzed.stdout);
    manifest = manifestSchema.parse(JSON.parse(await readFile(join(bundle(), 'run.json'), 'utf8')));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  describe('collect', () => {
    test('prints the bundle’s folder and nothing else on stdout, and what it holds on stderr', () => {
      const { collected } = shared;
      expect(collected).toMatchObject({ code: 0, stdout: `${bundle()}\n` });
      expect(collected.stderr).toContain(`The bundle holds ${ITERATIONS} timed predictions, a trace with ${ITERATIONS}`);
      expect(collected.stderr).not.toContain('\r');
    });

    test('leaves whole files only, each module under the hash of its content', async () => {
      const names = await readdir(bundle(), { recursive: true });
      const module = `modules/${manifest.modules[0]!.sha256}.wasm`;
      expect(names.sort()).toEqual(
        [
          'baseline.json',
          'kernels.json',
          'kernels.trace.json.gz',
          'modules',
          module,
          'run.json',
          'sched.json',
          'trace.json.gz',
        ].filter((name) => name !== 'sched.json' || canSampleScheduling()),
      );
      expect((await stat(join(bundle(), module))).size).toBe(manifest.modules[0]!.bytes);
    });

    test('says of every phase when it was, in order, on the clock of the trace', () => {
      const phases = manifest.phases!;
      const replicate = (part: string) => [
        'timing load',
        'timing setup',
        'timing warm-up',
        'timing settling',
        `timing prediction, ${part} the trace pass`,
      ];
      expect(phases.map(({ pass, phase }) => `${pass} ${phase}`)).toEqual([
        ...replicate('before'),
        'trace load',
        'trace setup',
        'trace warm-up',
        'trace settling',
        'trace prediction',
        ...replicate('after'),
      ]);
      for (const [i, { startUs, endUs }] of phases.entries()) {
        expect(endUs).toBeGreaterThan(startUs);
        expect(startUs).toBeGreaterThanOrEqual(phases[i - 1]?.endUs ?? 0);
      }
    });

    test('interleaves the browser and native: as many of the one as of the other in every round', () => {
      const rounds = manifest.timingPass.rounds;
      expect(rounds.every(({ browserMs, nativeMs }) => browserMs.length > 0 && browserMs.length === nativeMs.length)).toBe(true);
      expect(rounds.flatMap(({ browserMs }) => browserMs)).toHaveLength(ITERATIONS);
      expect([...new Set(rounds.map(({ part, replicate }) => `${replicate} ${part}`))]).toEqual(['0 before', '1 after']);
    });
  });

  describe('analyze', () => {
    test('prints one JSON document on stdout, and the same bytes again', async () => {
      expect(analyzed.code).toBe(0);
      expect(analyzed.stderr).toBe(`Reading ${bundle()}\nAnalyzing ${bundle()}\n`);
      expect((await runTrace(['analyze', bundle(), '--json'])).stdout).toBe(analyzed.stdout);
    });

    test('splits every window into causes that sum to it, with little left over', () => {
      const { causes, windows, unattributedShare, windowMedianMs, typical } = analysis.partition!;
      expect(windows).toBe(ITERATIONS);
      expect(windowMedianMs).toBeGreaterThan(0);
      expect(causes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
      expect(causes.every(({ share, ms }) => share >= 0 && ms >= 0)).toBe(true);
      expect(causes.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(typical.ms, 6);
      expect(unattributedShare).toBeLessThanOrEqual(0.1);
      // Last, if there is any.
      expect([-1, causes.length - 1]).toContain(causes.findIndex(({ id }) => id === 'unattributed'));
    });

    test('finds that 128-bit SIMD is where the default model computes', () => {
      const executed = analysis.partition!.causes.filter(({ id }) => id.startsWith('isa.') || id.startsWith('runtime.'));
      expect(executed[0]!.id).toBe('isa.simd128');
      expect(executed[0]!.evidence).toContain('wasm-function[');
      expect(analysis.wasm!.functions[0]).toMatchObject({ cause: 'isa.simd128', thread: expect.stringContaining('Worker') });
      expect(analysis.wasm!.modules[0]!.features).toEqual(expect.arrayContaining(['simd128', 'threads']));
    });

    test('finds the browser slower than native, with an interval around the ratio', () => {
      const { ratio, ratioCi95, nativeMs } = analysis.gap!;
      expect(ratio).toBeGreaterThan(1);
      expect(ratio).toBeCloseTo(analysis.latency!.prediction!.medianMs / nativeMs, 6);
      expect(ratioCi95[0]).toBeLessThanOrEqual(ratio);
      expect(ratioCi95[1]).toBeGreaterThanOrEqual(ratio);
    });

    test('tells the three latencies and the observer effect', () => {
      const { setupMs, warmupMs, prediction, observerEffect } = analysis.latency!;
      expect(setupMs).toBeGreaterThan(0);
      expect(warmupMs).toBeGreaterThan(0);
      expect(prediction!.n).toBe(ITERATIONS);
      expect(observerEffect).toBeGreaterThan(0);
    });

    test('finds the outputs of both equal', () => expect(analysis.outputs).toMatchObject({ match: true }));

    test('names the run, the machine and the browser', () => {
      expect(analysis.run).toMatchObject({ model: 'ppocr-det', framework: 'ort', backend: 'wasm', on: 'worker' });
      expect(analysis.run!.crossOriginIsolated).toBe(true);
      expect(analysis.browser!.product).toMatch(/Chrom/);
      expect(analysis.source).toMatchObject({ kind: 'bundle', complete: true });
    });

    test('without --json prints a summary, and writes the report where stderr says', async () => {
      const own = await copyOf('default', join(folder, 'default'));
      const { stdout, stderr, code } = await runTrace(['analyze', own]);
      expect(code).toBe(0);
      expect(stdout).toContain('128-bit SIMD Wasm');
      expect(stdout).toContain('Do this');
      // Into a pipe nothing is cut.
      expect(stdout).not.toContain('…');
      expect(stdout.trimEnd().split('\n').length).toBeLessThan(15);
      const report = fileURLToPath(/Report: (file:\S+)/.exec(stderr)![1]!);
      expect(report).toBe(join(own, 'report.html'));
      expect(await readFile(report, 'utf8')).toMatch(/^<!doctype html>/i);
    });

    test('of two inputs gives a table, and an array with --json', async () => {
      const bundles = await Promise.all(['ppocr-det-worker', 'mobilenet-v2-main'].map(unpackRecorded));
      const table = await runTrace(['analyze', ...bundles, '--out', join(folder, 'both.html')]);
      expect(table.code).toBe(0);
      expect(table.stdout).toMatch(/PP-OCRv4[\s\S]*MobileNetV2/);
      expect(table.stderr).toContain('both.html');
      const both: Analysis[] = JSON.parse((await runTrace(['analyze', ...bundles, '--json'])).stdout);
      expect(both.map(({ run }) => run!.model)).toEqual(['ppocr-det', 'mobilenet-v2']);
      const alone = await runTrace(['analyze', bundles[1]!, '--json']);
      expect(both[1]).toEqual(JSON.parse(alone.stdout));
    });

    test('without an input and without a bundle in traces/ says what to do', async () => {
      const { code, stderr } = await runTrace(['analyze'], { cwd: folder });
      expect(code).toBe(2);
      expect(stderr).toMatch(/No bundle in traces\/.*trace collect/);
    });
  });

  describe('on the page itself, with two threads', () => {
    test('collects and splits the windows of the main thread', async () => {
      expect(onMain.collected.code).toBe(0);
      const { partition, run, wasm, outputs }: Analysis = JSON.parse((await runTrace(['analyze', page(), '--json'])).stdout);
      expect(run).toMatchObject({ model: 'mobilenet-v2', on: 'main', threads: 2 });
      expect(partition!.windows).toBe(MAIN_ITERATIONS);
      expect(partition!.causes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
      expect(partition!.unattributedShare).toBeLessThanOrEqual(0.15);
      expect(new Set(wasm!.functions.map(({ thread }) => thread)).size).toBeGreaterThan(1);
      expect(outputs).toMatchObject({ match: true });
    });
  });

  test('the trace is one that DevTools’ own engine reads, with the same windows to the microsecond', async () => {
    const trace = gunzipSync(await readFile(join(bundle(), 'trace.json.gz'))).toString();
    const measures = await devtoolsMeasures(trace);
    const ours = measures.filter(({ name }) => name.startsWith(`inferscope:${manifest.id}:`));
    expect(ours.map(({ name }) => name.split(':').slice(2).join(':'))).toEqual([
      'setup',
      'warm-up:0',
      ...manifest.tracePass.settlingMs.map((_, i) => `settling:${i}`),
      ...Array.from({ length: ITERATIONS }, (_, i) => `iteration:${i}`),
    ]);
    const { trace: read } = await loadInput(bundle());
    const { windows } = findWindows(read!, manifest.id, null, []);
    expect(ours.slice(-ITERATIONS).map(({ startUs, endUs }) => [startUs, endUs])).toEqual(
      windows.map((w) => [w.startUs, w.endUs]),
    );
  });

  test('makes every pass where none is chosen', { tags: ['slow'] }, async () => {
    const all = join(folder, 'all');
    const ended = await runTrace(['collect', '--model', 'tiny-operators', '--iterations', '3', '--out', all]);
    expect(ended).toMatchObject({ code: 0, stdout: `${all}\n` });
    const { status, collectors } = manifestSchema.parse(JSON.parse(await readFile(join(all, 'run.json'), 'utf8')));
    expect(status).toBe('complete');
    expect(Object.values(collectors).map(({ outcome }) => outcome)).not.toContain('not-asked');
    const names = await readdir(all);
    for (const name of ['trace.json.gz', 'baseline.json', 'kernels.json', 'counts.json', 'memory.json'])
      expect(names).toContain(name);
  });

  test('runs a model file of the user’s own, with the shape that is given for its input', { tags: ['slow'] }, async () => {
    const path = join(folder, 'my own model.onnx');
    const own = join(folder, 'own');
    await writeFile(path, tinyModel());
    const ended = await runTrace(['collect', '--model', path, '--input', 'x=2x4', '--iterations', '3', ...BRIEFLY, '--out', own]);
    expect(ended).toMatchObject({ code: 0, stdout: `${own}\n` });
    const { run, partition, outputs }: Analysis = JSON.parse((await runTrace(['analyze', own, '--json'])).stdout);
    expect(run!.inputs).toEqual([{ name: 'x', type: 'float32', shape: [2, 4] }]);
    expect(partition!.windows).toBe(3);
    expect(outputs!.match).toBe(true);
  });
});
