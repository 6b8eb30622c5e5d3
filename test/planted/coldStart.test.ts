import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Analysis, analyze } from '../../analyzers/index.js';
import { collectPage } from '../../collectors/page/collectPage.js';
import { silent } from '../../collectors/progress.js';
import { loadInput } from '../../src/loadInput.js';
import { lastPart } from '../../src/text/lastPart.js';
import { type PLANTS, serveColdStart } from './coldStartPage.js';

let root: string;
let analysis: Analysis;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'inferscope-planted-'));
  const server = await serveColdStart();
  try {
    const folder = join(root, 'bundle');
    const { signal } = new AbortController();
    await collectPage(
      {
        folder: () => folder,
        toolVersion: '0',
        source: { url: server.url },
        mark: 'inference',
        until: { name: 'done', kind: null, count: 1 },
        inferences: null,
        end: { durationMs: 60_000, awaited: 'when “done” is seen', durationGiven: false },
        lastMs: null,
        counts: null,
        finished: signal,
        visits: 3,
        baseline: null,
      },
      silent,
      signal,
    );
    analysis = analyze(await loadInput(folder));
  } finally {
    server.close();
  }
});

afterAll(() => rm(root, { recursive: true, force: true }));

const later = (file: keyof typeof PLANTS) =>
  analysis.coldStart!.laterVisit!.modules.find(({ url }) => url !== null && lastPart(url) === file)!;

test('each visit is told in parts that sum to it, until the inference that the page names', () => {
  const { firstVisit, laterVisit, until } = analysis.coldStart!;
  expect(until).toBe('named timing');
  for (const { parts, totalMs } of [firstVisit, laterVisit!]) {
    expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(totalMs, 6);
  }
});

describe('compiled code of a module in a later visit', () => {
  test.each(['streamed.wasm', 'passed.wasm', 'ort-wasm-simd-threaded.jsep.wasm'] as const)('is found of %s', (file) => {
    expect(later(file)).toMatchObject({ codeCache: 'hit', reason: null });
  });

  test.each([
    ['octets.wasm', 'mime'],
    ['synthesized.wasm', 'service-worker'],
    ['handed.wasm', 'bytes'],
    ['anew.wasm', 'not-cacheable'],
  ] as const)('is not found of %s, and the reason (%s) is told', (file, id) => {
    expect(later(file)).toMatchObject({ codeCache: 'miss', reason: { id } });
  });
});

test('the build that was not needed is told, and one that does just what is used is not', () => {
  expect(analysis.coldStart!.unneeded.map(({ file }) => file)).toEqual(['ort-wasm-simd-threaded.jsep.wasm']);
});
