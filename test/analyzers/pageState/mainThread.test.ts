import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { answer } from '../../../src/report/answer.js';
import { renderVerbose } from '../../../src/report/terminal/renderVerbose.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';
import { js, RunBuilder, type ThreadBuilder, wasm } from '../buildRun.js';

/** Inferences of 800 ms, a second apart. The first is the warm-up, and five follow. */
const starts = [1200, 2200, 3200, 4200, 5200, 6200];
const TOOK_MS = 800;

function page(fill: (main: ThreadBuilder, worker: ThreadBuilder) => void, infersIn: 'main' | 'worker' = 'main') {
  const run = new RunBuilder();
  const main = run.thread('CrRendererMain');
  const worker = run.thread();
  const owner = infersIn === 'main' ? main : worker;
  for (const startMs of starts)
    owner.measure('detect', startMs, startMs + TOOK_MS).executes(wasm('simd128'), startMs, startMs + 100);
  fill(main, worker);
  return analyze(run.input({ page: buildPageManifest(), mark: 'detect' }));
}

const noteIn = ({ notes }: ReturnType<typeof page>) => notes.find(({ id }) => id === 'main-thread-blocked');

describe('the main thread of a page', () => {
  test('is blocked by inferences that run on it, which is told before what they are made of', () => {
    const analysis = page((main) => {
      for (const startMs of starts) {
        main.task(startMs - 2, startMs + TOOK_MS + 2);
        main.executes(wasm('simd128'), startMs + 100, startMs + 270).preempted(startMs + 270, startMs + TOOK_MS);
      }
    });
    expect(analysis.mainThread).toMatchObject({
      infers: true,
      longTasks: 5,
      longestMs: 804,
      inferences: 5,
      blockedInferences: 5,
      blockedMedianMs: 800,
      blockedShare: 1,
    });
    expect(analysis.partition!.causes.find(({ id }) => id === 'contention.preempted')!.share).toBeGreaterThan(0.5);
    expect(noteIn(analysis)!.text).toMatch(
      /^The page’s main thread is blocked for 800 ms per inference, 100 % .* cannot answer input meanwhile\. Run the model in a worker\.$/,
    );
    expect(analysis.steps!.slice(0, 2).map(({ title }) => title)).toContainEqual(
      expect.stringContaining('blocks the page’s main thread for 800 ms'),
    );
    expect(answer(analysis).sentences.findIndex((text) => text.includes('main thread is blocked'))).toBeLessThan(
      answer(analysis).sentences.findIndex((text) => text.includes('goes to preempted')),
    );
    const lines = renderVerbose(analysis, { width: 100, color: false }).split('\n');
    const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line));
    expect(at(/^Main thread +800 ms +blocked per inference/)).toBeGreaterThan(0);
    expect(at(/^Main thread/)).toBeLessThan(at(/contention\.preempted/));
  });

  test('is free where tasks are shorter than 50 ms, and where long ones are outside inferences', () => {
    const short = page((main) => {
      for (const startMs of starts) for (let ms = 0; ms < TOOK_MS; ms += 50) main.task(startMs + ms, startMs + ms + 49);
    });
    expect(short.mainThread).toMatchObject({ longTasks: 0, longestMs: 0, blockedInferences: 0, blockedShare: 0 });
    expect(noteIn(short)).toBeUndefined();
    const between = page((main) => {
      for (const startMs of starts) main.task(startMs + TOOK_MS + 10, startMs + TOOK_MS + 150);
    });
    expect(between.mainThread).toMatchObject({ longTasks: 0, blockedInferences: 0 });
    expect(noteIn(between)).toBeUndefined();
  });

  test('is not blocked by inferences on a worker, but by what runs on it meanwhile', () => {
    const free = page((_, worker) => {
      for (const startMs of starts) worker.task(startMs, startMs + TOOK_MS);
    }, 'worker');
    expect(free.mainThread).toMatchObject({ infers: false, longTasks: 0 });
    const busy = page((main) => {
      for (const startMs of starts.slice(1, 2)) main.task(startMs, startMs + 200).executes(js, startMs, startMs + 200);
    }, 'worker');
    expect(busy.mainThread).toMatchObject({ longTasks: 1, longestMs: 200, blockedInferences: 1, blockedMedianMs: 0 });
    expect(busy.mainThread!.blockedShare).toBeCloseTo(200 / (5 * TOOK_MS), 6);
    expect(noteIn(busy)!.text).toMatch(/blocked in 1 of 5 inferences \(1 task .*Inferences run on another thread/);
    expect(busy.steps!.map(({ id }) => id)).not.toContain('main-thread.worker');
  });

  test('is not known without a window, or of a run of our own', () => {
    const run = new RunBuilder();
    run.thread('CrRendererMain').task(0, 100);
    expect(analyze(run.input({ page: buildPageManifest() })).mainThread).toBeNull();
    expect(analyze(run.input()).mainThread).toBeNull();
  });
});
