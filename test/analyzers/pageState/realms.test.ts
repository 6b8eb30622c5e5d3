import { expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { PageManifest } from '../../../src/bundle/pageManifest.js';
import type { WasmRealm } from '../../../src/bundle/wasmLog.js';
import { renderReport } from '../../../src/report/renderReport.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';
import { RunBuilder } from '../buildRun.js';

const made: NonNullable<PageManifest['realms']> = [
  { kind: 'dedicated', url: 'http://a/pool.js', count: 3 },
  { kind: 'dedicated', url: 'blob:http://a', count: 1 },
  { kind: 'shared', url: 'http://a/shared.js', count: 1 },
  { kind: 'frame', url: 'http://<img>/', count: 2 },
];

const logOf = (mark: string, stepMs: number): WasmRealm => ({
  clock: { mark, atMs: 10, stepMs },
  instances: [],
  names: [],
  calls: { instance: [], name: [], atMs: [], tookMs: [], doneMs: [] },
  dropped: 0,
});

test('workers and frames are counted by kind, and of threads that call into Wasm it is known whether they are isolated', () => {
  const run = new RunBuilder();
  run.thread('CrRendererMain').mark('page', 10);
  run.thread('CrRendererMain', 2).mark('frame', 10);
  const realms = [logOf('page', 0.005), logOf('frame', 0.1), logOf('not in the trace', 0.1)];
  const analysis = analyze(
    run.input({ page: buildPageManifest({ realms: made }), wasm: { schema: 'inferscope.wasm/1', realms } }),
  );
  expect(analysis.realms).toEqual({
    dedicated: 4,
    shared: 1,
    service: 0,
    frames: 2,
    made,
    isolation: [
      { thread: 'CrRendererMain 10', crossOriginIsolated: true },
      { thread: 'CrRendererMain 11', crossOriginIsolated: false },
    ],
  });
  const report = renderReport(analysis, '');
  expect(report).toContain('It made 4 dedicated workers, 1 shared worker, and 2 frames of other sites.');
  expect(report).not.toContain('<img>');
});

test('a bundle in which they were not counted has none', () => {
  expect(analyze(new RunBuilder().input({ page: buildPageManifest() })).realms).toBeNull();
});
