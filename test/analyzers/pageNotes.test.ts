import { expect, test } from 'vitest';
import { analyze } from '../../analyzers/index.js';
import { buildPageManifest } from '../bundle/buildPageManifest.js';
import { RunBuilder, wasm } from './buildRun.js';

/** A page that infers eight times, after V8 has compiled a function of it, and maybe optimized it. */
function idsOf({ optimized }: { optimized: boolean }): readonly string[] {
  const run = new RunBuilder();
  const thread = run.thread('CrRendererMain').slice('wasm.CompileLazy', 10, 12);
  if (optimized) run.thread('ThreadPoolForegroundWorker').slice('wasm.TopTierCompilation', 30, 40);
  for (let start = 100; start < 900; start += 100) {
    thread
      .task(start, start + 50)
      .measure('infer', start, start + 50)
      .executes(wasm('simd128'), start, start + 50);
  }
  const page = buildPageManifest({ recorded: { startUs: 0, endUs: 1_000_000 } });
  const { notes } = analyze(run.input({ page: { ...page, page: { ...page.page, mark: 'infer' } } }));
  return notes.map(({ id }) => id);
}

test('a page whose Wasm V8 compiled and never optimized runs in the baseline tier, which is warned of', () => {
  expect(idsOf({ optimized: false })).toContain('baseline-tier');
  expect(idsOf({ optimized: true })).not.toContain('baseline-tier');
});

test('what recording costs is missing where the page had not measured its inferences before', () => {
  expect(idsOf({ optimized: true })).toContain('page-observer-effect');
});
