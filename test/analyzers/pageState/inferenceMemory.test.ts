import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { GpuRealm } from '../../../src/bundle/gpuLog.js';
import type { HeapLog } from '../../../src/bundle/heapLog.js';
import type { WasmRealm } from '../../../src/bundle/wasmLog.js';
import { renderReport } from '../../../src/report/renderReport.js';
import { renderVerbose } from '../../../src/report/terminal/renderVerbose.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';
import { RunBuilder } from '../buildRun.js';
import { buildGpuLog } from '../gpu/buildGpuLog.js';

const MB = 1 << 20;
const MARK = 'inferscope:page:test:0';
const COUNT = 12;
/** Each inference takes 20 ms, every 100 ms, and calls into Wasm once. */
const startOf = (i: number): number => 1100 + 100 * i;

/** A page that infers on its main thread, with what its hooks wrote of memory after each call. */
function page(parts: { wasm?: readonly number[]; gpu?: readonly number[]; heaps?: HeapLog['realms'] }) {
  const run = new RunBuilder();
  const main = run.thread('CrRendererMain').mark(MARK, 1000);
  for (let i = 0; i < COUNT; i++) main.measure('detect', startOf(i), startOf(i) + 20);
  const clock = { mark: MARK, atMs: 1000, stepMs: 0.1 };
  const calls = {
    instance: Array.from({ length: COUNT }, () => 0),
    name: Array.from({ length: COUNT }, () => 0),
    atMs: Array.from({ length: COUNT }, (_, i) => startOf(i) + 1),
    tookMs: Array.from({ length: COUNT }, () => 15),
    doneMs: Array.from({ length: COUNT }, () => -1),
  };
  const wasm: WasmRealm = {
    clock,
    instances: [{ sha256: null, atMs: 1000, tookMs: 1 }],
    names: ['run'],
    calls: { ...calls, ...(parts.wasm && { memoryBytes: [...parts.wasm] }) },
    dropped: 0,
  };
  const rows = (parts.gpu ?? []).map((_, i) => ({ name: 'readPixels', atMs: startOf(i) + 1, tookMs: 2 }));
  const log = buildGpuLog({ calls: rows, clock });
  const gpu: GpuRealm = { ...log, calls: { ...log.calls, heldBytes: [...(parts.gpu ?? [])] } };
  return analyze(
    run.input({
      page: buildPageManifest(),
      mark: 'detect',
      wasm: { schema: 'inferscope.wasm/1', realms: [wasm] },
      gpu: { schema: 'inferscope.gpu/1', realms: parts.gpu ? [gpu] : [] },
      heaps: parts.heaps ? { schema: 'inferscope.heaps/1', realms: parts.heaps } : null,
    }),
  );
}

const grows = (from: number): number[] => Array.from({ length: COUNT }, (_, i) => (from + i) * MB);
const stays = (bytes: number): number[] => Array.from({ length: COUNT }, () => bytes);
const leaks = ({ notes }: ReturnType<typeof page>): string[] => notes.map(({ id }) => id).filter((id) => id.startsWith('leak-'));

describe('memory after each inference', () => {
  test('that grows each time is a leak: the note says how much, and a step what to do', () => {
    const analysis = page({ wasm: grows(16) });
    expect(analysis.inferenceMemory).toEqual([
      {
        of: 'wasm',
        thread: 'CrRendererMain 10',
        // The first inference is the warm-up.
        count: COUNT - 1,
        firstBytes: 17 * MB,
        lastBytes: 27 * MB,
        growth: { bytesPerInference: MB, ci95Bytes: [MB, MB] },
      },
    ]);
    expect(analysis.notes.find(({ id }) => id === 'leak-wasm')).toMatchObject({
      level: 'warning',
      text: expect.stringMatching(/^Wasm memory grows by 1\.05 MB per inference .* over 11 inferences: a leak/),
    });
    expect(analysis.steps![0]!.title).toMatch(/^Free what each inference makes: Wasm memory grows/);
    expect(renderVerbose(analysis, { width: 100, color: false })).toMatch(/^Wasm memory +\+1\.05 MB +per inference/m);
    expect(renderReport(analysis, '')).toContain('Memory after each inference');
  });

  test('that stays says nothing, and neither does a bundle without it', () => {
    const steady = page({ wasm: stays(16 * MB) });
    expect(leaks(steady)).toEqual([]);
    expect(steady.inferenceMemory![0]).toMatchObject({ firstBytes: 16 * MB, lastBytes: 16 * MB, growth: null });
    const older = page({});
    expect(older.inferenceMemory).toEqual([]);
    expect(leaks(older)).toEqual([]);
  });

  test('of the GPU is told apart from that of Wasm', () => {
    expect(leaks(page({ wasm: stays(16 * MB), gpu: grows(1) }))).toEqual(['leak-gpu']);
    expect(leaks(page({ wasm: grows(16), gpu: stays(MB) }))).toEqual(['leak-wasm']);
  });

  test('is not known of a run that the tool drives', () => {
    expect(analyze(new RunBuilder().input()).inferenceMemory).toBeNull();
  });

  describe('of the JavaScript heap', () => {
    /** A heap that is read every 50 ms while the page infers. */
    function heap(at: (i: number) => number, heldBytes: number | null): HeapLog['realms'][number] {
      const atUs = Array.from({ length: 2 * COUNT }, (_, i) => (1090 + 50 * i) * 1000);
      const usedBytes = atUs.map((_, i) => at(i));
      const readings = { atUs, usedBytes, arrayBufferBytes: atUs.map(() => 0) };
      return { kind: 'worker', url: 'https://page.example/worker.js', readings, heldBytes };
    }

    test('that still holds in the end what it grew by is a leak', () => {
      const analysis = page({ heaps: [heap((i) => i * MB + (i % 2) * 3 * MB, 30 * MB)] });
      expect(leaks(analysis)).toEqual(['leak-heap']);
      const [found] = analysis.inferenceMemory!;
      expect(found).toMatchObject({ of: 'heap', thread: 'worker https://page.example/worker.js' });
      expect(found!.growth!.bytesPerInference / MB).toBeCloseTo(2, 0);
      expect(analysis.steps![0]!.title).toMatch(/^Free what each inference makes: JavaScript heap grows/);
      expect(analysis.steps![0]!.action.code).toContain('still refers to them');
    });

    test('that held nothing of it in the end, or whose garbage was not collected, is none', () => {
      expect(leaks(page({ heaps: [heap((i) => i * MB, MB)] }))).toEqual([]);
      expect(leaks(page({ heaps: [heap((i) => i * MB, null)] }))).toEqual([]);
    });
  });
});
