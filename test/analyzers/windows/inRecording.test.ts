import { expect, test } from 'vitest';
import type { FoundWindows } from '../../../analyzers/activity/window.js';
import { analyze } from '../../../analyzers/index.js';
import { sampledWindows } from '../../../analyzers/windows/inRecording.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';
import { RunBuilder, wasm } from '../buildRun.js';

/** Three inferences of a page, of which the first has no samples: its document is gone. */
function left(): RunBuilder {
  const run = new RunBuilder();
  const thread = run.thread('CrRendererMain');
  for (const start of [100, 600, 800]) thread.task(start, start + 50).measure('infer', start, start + 50);
  for (const start of [600, 800]) thread.executes(wasm('simd128'), start, start + 50);
  return run;
}

test('inferences without samples count for the latency, and not for where the time goes, which is said', () => {
  const page = buildPageManifest({ recorded: { startUs: 0, endUs: 1_000_000 } });
  const attached = { ...page, page: { ...page.page, opened: 'attached' as const, fromStart: false, mark: 'infer' } };
  const { latency, partition, notes } = analyze(left().input({ page: attached }));
  expect(latency!.prediction!.n).toBe(3);
  expect(partition).toMatchObject({ windows: 2, unattributedShare: 0 });
  expect(notes.find(({ id }) => id === 'windows-not-sampled')!.text).toMatch(/^Of 1 of the 3 inferences/);
});

test('all are kept where nothing was sampled', () => {
  const run = new RunBuilder();
  run.thread().task(0, 10);
  const found = { windows: [{ thread: 0, startUs: 0, endUs: 10_000, offCpuUs: 0 }] } as unknown as FoundWindows;
  expect(sampledWindows(run.trace(), found)).toBe(found);
});
