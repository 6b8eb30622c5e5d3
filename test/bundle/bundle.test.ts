import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BundleError } from '../../src/bundle/bundleFiles.js';
import { createBundle } from '../../src/bundle/bundleWriter.js';
import { type Baseline, baselineSchema, type Manifest, manifestSchema } from '../../src/bundle/manifest.js';
import { readBundle } from '../../src/bundle/readBundle.js';
import { PLAIN_PAGE } from '../../src/bundle/rungPage.js';
import { buildAccuracyLog } from '../analyzers/accuracy/buildAccuracyLog.js';
import { buildMemoryLog } from '../analyzers/memory/buildMemoryLog.js';
import { buildVideoLog } from '../analyzers/video/buildVideoLog.js';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { buildManifest } from './buildManifest.js';

const baseline: Baseline = {
  schema: 'inferscope.baseline/1',
  runtime: 'native 1.0',
  library: 'onnxruntime',
  provider: 'cpu',
  cpuOperators: null,
  threads: 2,
  setupMs: 10,
  warmupMs: 5,
};

describe('what is written is read back', () => {
  test('the manifest, the baseline and the modules', async () => {
    const folder = join(await temporaryFolder(), 'a', 'b');
    const writer = await createBundle(folder);
    const bytes = Uint8Array.from([0, 0x61, 0x73, 0x6d]);
    const module = await writer.module('http://127.0.0.1/m.wasm', bytes);
    expect(module).toEqual({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      url: 'http://127.0.0.1/m.wasm',
      bytes: 4,
    });
    const manifest = buildManifest({
      modules: [module],
      timingPass: {
        setupMs: 1,
        warmupMs: 2,
        setups: [],
        rounds: [{ part: 'before', replicate: 0, browserMs: [1, 2], nativeMs: [] }],
      },
      collectors: { trace: { outcome: 'failed', detail: 'it was lost' } },
    });
    await writer.manifest(manifest);
    await writer.baseline(baseline);

    const bundle = await readBundle(folder);
    expect(bundle.manifest).toEqual(manifest);
    expect(bundle.baseline).toEqual(baseline);
    expect(bundle.trace).toBeNull();
    expect(Uint8Array.from((await bundle.readModule(module.sha256))!)).toEqual(bytes);
  });

  test('what a run held', async () => {
    const folder = await temporaryFolder();
    const writer = await createBundle(folder);
    await writer.manifest(buildManifest());
    expect((await readBundle(folder)).memory).toBeNull();
    const log = buildMemoryLog();
    await writer.memory(log);
    expect((await readBundle(folder)).memory).toEqual(log);
    await writer.memory({ ...log, heaps: { ...log.heaps, usedBytes: [1] } });
    await expect(readBundle(folder)).rejects.toThrow(/memory\.json.*[\s\S]*columns differ in length/);
  });

  test('what a detector found in a scene that moves', async () => {
    const folder = await temporaryFolder();
    const writer = await createBundle(folder);
    await writer.manifest(buildManifest());
    expect((await readBundle(folder)).accuracy).toBeNull();
    const log = buildAccuracyLog([{ on: 'worker', speedPxPerS: 60, latencyMs: 50, durationMs: 500 }]);
    await writer.accuracy(log);
    expect((await readBundle(folder)).accuracy).toEqual(log);
    await writer.accuracy({ ...log, still: { ...log.still, stepPx: 7 } });
    await expect(readBundle(folder)).rejects.toThrow(/accuracy\.json.*[\s\S]*does not divide/);
    await writer.accuracy({ ...log, scene: { ...log.scene, lines: [] } });
    await expect(readBundle(folder)).rejects.toThrow(/accuracy\.json/);
  });

  test('what a model found in a video of its user', async () => {
    const folder = await temporaryFolder();
    const writer = await createBundle(folder);
    await writer.manifest(buildManifest());
    expect((await readBundle(folder)).video).toBeNull();
    const log = buildVideoLog({ rounds: [{ on: 'worker', latencyMs: 50 }] });
    await writer.video(log);
    expect((await readBundle(folder)).video).toEqual(log);
    await writer.video({ ...log, labels: { ...log.labels, left: [] } });
    await expect(readBundle(folder)).rejects.toThrow(/video\.json.*[\s\S]*columns differ in length/);
  });

  test('of a baseline from before GPU backends the provider is that of the CPU', () => {
    const { provider: _, cpuOperators: __, ...older } = baseline;
    expect(baselineSchema.parse(older)).toEqual(baseline);
  });

  test('the trace is where the writer says, once it is there', async () => {
    const folder = await temporaryFolder();
    const writer = await createBundle(folder);
    await writer.manifest(buildManifest());
    await writeFile(writer.tracePath, '[]');
    expect((await readBundle(folder)).trace?.name).toBe(writer.tracePath);
  });

  test('how much polling was left out of the trace; of a bundle from before it was counted nothing is known', async () => {
    const folder = await temporaryFolder();
    const writer = await createBundle(folder);
    const trace = { categories: ['gpu'], compressedBytes: 1, dataLoss: false, samplingIntervalUs: null };
    const dropped = { events: 3, names: ['Queue::Tick'] };
    await writer.manifest(buildManifest({ trace: { ...trace, dropped } }));
    expect((await readBundle(folder)).manifest.trace!.dropped).toEqual(dropped);
    expect(manifestSchema.parse({ ...buildManifest(), trace }).trace!.dropped).toBeNull();
  });

  test('the same module twice is one file', async () => {
    const folder = await temporaryFolder();
    const writer = await createBundle(folder);
    const first = await writer.module('a', Uint8Array.from([1]));
    expect((await writer.module('b', Uint8Array.from([1]))).sha256).toBe(first.sha256);
    expect(await readdir(join(folder, 'modules'))).toEqual([`${first.sha256}.wasm`]);
  });
});

describe('files appear whole or not at all', () => {
  test('nothing partial is left, and who reads while the manifest is written sees an old or a new one', async () => {
    const folder = await temporaryFolder();
    const writer = await createBundle(folder);
    await writer.manifest(buildManifest());
    let writing = true;
    const readAll = async (): Promise<number> => {
      let reads = 0;
      for (; writing || reads === 0; reads++) {
        const manifest = (await readBundle(folder)).manifest as Manifest;
        expect([0, 5000]).toContain(manifest.timingPass.rounds.length);
      }
      return reads;
    };
    const reading = readAll();
    const rounds: Manifest['timingPass']['rounds'] = Array.from({ length: 5000 }, () => ({
      part: 'before',
      replicate: 0,
      browserMs: [1],
      nativeMs: [1],
    }));
    for (let i = 0; i < 10; i++) {
      await writer.manifest(
        buildManifest({ timingPass: { setupMs: null, warmupMs: null, setups: [], rounds: i % 2 === 0 ? rounds : [] } }),
      );
    }
    writing = false;
    expect(await reading).toBeGreaterThan(0);
    expect(await readdir(folder)).toEqual(['run.json']);
  });

  test('what cannot be written is said with its place, and leaves nothing', async () => {
    const folder = await temporaryFolder();
    const writer = await createBundle(folder);
    await mkdir(join(folder, 'run.json', 'in the way'), { recursive: true });
    await expect(writer.manifest(buildManifest())).rejects.toThrow(`${join(folder, 'run.json')} cannot be written`);
    await expect(writer.manifest(buildManifest())).rejects.toThrow(BundleError);
    expect(await readdir(folder)).toEqual(['run.json']);
  });
});

describe('a bundle has a folder of its own', () => {
  test('one that holds anything else is refused, and stays as it is', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'thesis.txt'), 'five years');
    await expect(createBundle(folder)).rejects.toThrow(/is not empty.*--out/);
    expect(await readdir(folder)).toEqual(['thesis.txt']);
  });

  test('discarding takes away the folder that was made for it', async () => {
    const root = await temporaryFolder();
    const writer = await createBundle(join(root, 'bundle'));
    await writer.manifest(buildManifest());
    await writer.module('a', Uint8Array.from([1]));
    await writer.discard();
    expect(await readdir(root)).toEqual([]);
  });

  test('discarding takes only what was written from a folder that was there, and nothing that came since', async () => {
    const folder = await temporaryFolder();
    const writer = await createBundle(folder);
    await writer.manifest(buildManifest());
    await writer.module('a', Uint8Array.from([1]));
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await writer.discard();
    expect(await readdir(folder)).toEqual(['notes.txt']);
  });
});

describe('reading trusts nothing', () => {
  const refused: readonly (readonly [string, string, RegExp])[] = [
    ['no JSON', '{', /run\.json is not valid JSON/],
    [
      'another schema',
      JSON.stringify({ ...buildManifest(), schema: 'inferscope.run/2' }),
      /not what this version.*writes[\s\S]*schema/,
    ],
    ['a module outside the folder', module('../../etc/passwd'), /modules\[0\]\.sha256/],
    ['a module named by too short a hash', module('abc'), /modules\[0\]\.sha256/],
    ['a module named in capitals', module('A'.repeat(64)), /modules\[0\]\.sha256/],
    ['an id that is no word', JSON.stringify(buildManifest({ id: '.*' })), /id/],
    ['a negative latency', JSON.stringify(latency(-1)), /browserMs/],
    ['a ladder without rungs', JSON.stringify({ ...buildManifest(), ladder: ladder([], []) }), /ladder/],
    ['a ladder whose replicate is empty', JSON.stringify({ ...buildManifest(), ladder: ladder([rung], []) }), /ladder/],
    [
      'a ladder in whose round a rung is missing',
      JSON.stringify({ ...buildManifest(), ladder: ladder([rung], [[{ rung: 'other', ms: [1] }]]) }),
      /has a rung in its chain, and in every round latencies of each of them[\s\S]*ladder/,
    ],
    [
      'a ladder in whose round a rung has no latency',
      JSON.stringify({ ...buildManifest(), ladder: ladder([rung], [[{ rung: 'native', ms: [] }]]) }),
      /ladder/,
    ],
    [
      'a ladder with nothing but rungs beside the chain',
      JSON.stringify({ ...buildManifest(), ladder: ladder([{ ...rung, side: true }], [[]]) }),
      /ladder/,
    ],
    ['text without end', JSON.stringify(buildManifest({ reason: 'x'.repeat(70_000) })), /reason/],
  ];

  test.each(refused)('a manifest with %s is refused by name', async (_, content, said) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'run.json'), content);
    const error = await readBundle(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BundleError);
    expect((error as Error).message).toContain(join(folder, 'run.json'));
    expect((error as Error).message).toMatch(said);
  });

  test('a folder without a manifest is no bundle', async () => {
    await expect(readBundle(await temporaryFolder())).rejects.toThrow(/folder without run\.json/);
  });

  test('a module that is named but missing is null', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'run.json'), module('b'.repeat(64)));
    const bundle = await readBundle(folder);
    expect(await bundle.readModule('b'.repeat(64))).toBeNull();
  });

  test('what a later version of the same schema adds does no harm', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'run.json'), JSON.stringify({ ...buildManifest(), sched: { samples: 3 } }));
    expect((await readBundle(folder)).manifest).toEqual(buildManifest());
  });

  function module(sha256: string): string {
    return JSON.stringify(buildManifest({ modules: [{ sha256, url: 'a', bytes: 1 }] }));
  }

  function latency(ms: number): Manifest {
    return buildManifest({
      timingPass: {
        setupMs: 1,
        warmupMs: 1,
        setups: [],
        rounds: [{ part: 'before', replicate: 0, browserMs: [ms], nativeMs: [] }],
      },
    });
  }
});

test('a ladder of an earlier version is read, less what a rung no longer has, and one in which rungs beside the chain are not in every replicate', () => {
  const beside = {
    ...rung,
    id: 'threads.2',
    side: true,
    runtime: 'browser',
    backend: 'wasm',
    simd: null,
    page: { isolated: true, modules: 'fused', build: 'asyncify', framework: null, session: ['anew'] },
    fusion: null,
    outputs: null,
    threads: 2,
    threadsTaken: 1,
  };
  const older = { ...rung, id: 'library', runtime: 'browser' };
  const fused = { ...older, id: 'fma', side: true, isolated: false, modules: 'fused' };
  const old = manifestSchema.parse({
    ...buildManifest(),
    ladder: ladder([{ ...rung, spinning: true }, older, fused], [[rung, older].map(({ id }) => ({ rung: id, ms: [1] }))]),
  });
  const added = { side: false, simd: null, page: PLAIN_PAGE, fusion: null, outputs: null, threadsTaken: null };
  expect(old.ladder!.rungs).toEqual([
    { ...rung, ...added, backend: 'cpu' },
    { ...older, ...added, backend: 'wasm' },
    { ...older, ...added, id: 'fma', side: true, backend: 'wasm', page: { ...PLAIN_PAGE, isolated: false, modules: 'fused' } },
  ]);
  const newer = manifestSchema.parse({ ...buildManifest(), ladder: ladder([rung, beside], [[{ rung: 'native', ms: [1] }]]) });
  expect(newer.ladder!.rungs[1]).toEqual(beside);
});

test('the manifest is for people too: indented, ended by a line end', async () => {
  const folder = await temporaryFolder();
  await (await createBundle(folder)).manifest(buildManifest());
  expect(await readFile(join(folder, 'run.json'), 'utf8')).toMatch(/^\{\n {2}"schema": "inferscope\.run\/1",\n[\s\S]*\n\}\n$/);
});

const rung = { id: 'native', runtime: 'native', threads: 1, on: 'worker', v8Flags: [] };

function ladder(rungs: readonly object[], rounds: readonly object[]): object {
  return { seed: 1, budgetMs: 1, rungs, replicates: [{ rounds }], probes: null };
}
