import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import { tinyOperators } from '../../../models/tinyOperators.js';
import { loadInput } from '../../../src/loadInput.js';

const RUNS = 4;

let folder: string;
/** A profile that ONNX Runtime wrote of some runs of a chain of 450 operators. */
let profile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inferscope-ort-profile-'));
  const { path } = await tinyOperators.write(folder);
  const prefix = join(folder, 'profile');
  const session = await InferenceSession.create(path, { enableProfiling: true, profileFilePrefix: prefix });
  for (let run = 0; run < RUNS; run++) await session.run({ x: new Tensor('float32', new Float32Array(1024), [1, 1024]) });
  session.endProfiling();
  await session.release();
  profile = join(folder, (await readdir(folder)).find((name) => name.startsWith('profile'))!);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const analysisOf = async (path: string): Promise<Analysis> => analyze(await loadInput(path));

describe('a profile of ONNX Runtime', () => {
  test('has its runs as windows, and its nodes as operators', async () => {
    const { inferences, partition, kernels, kernelTotals, notes } = await analysisOf(profile);
    expect(inferences).toMatchObject({ count: RUNS, source: expect.stringContaining('ONNX Runtime’s own profile') });
    expect(inferences!.phases.load!.endMs).toBeLessThanOrEqual(inferences!.phases.steady.startMs!);
    expect(partition!.windows).toBe(RUNS);
    const written: { cat: string; name: string; dur: number; args: { op_name?: string } }[] = JSON.parse(
      await readFile(profile, 'utf8'),
    );
    const nodes = written.filter(({ cat, name }) => cat === 'Node' && name.endsWith('_kernel_time'));
    const names = new Set(nodes.map(({ name }) => name.replace(/_kernel_time$/, '')));
    expect(new Set(kernels.map(({ name }) => name))).toEqual(names);
    expect(kernels.length).toBeGreaterThan(100);
    for (const { provider, shape, nativeMs } of kernels) {
      expect([provider, shape, nativeMs]).toEqual(['CPU', '1×1024', null]);
    }
    expect(kernelTotals).toMatchObject({ predictions: RUNS, onHost: true, onDevice: false, nativeMs: null, coverage: null });
    expect(new Set(kernelTotals!.types.map(({ operator }) => operator))).toEqual(
      new Set(nodes.map(({ args }) => args.op_name!.replace(/^Fused/, ''))),
    );
    const runMs = written.filter(({ name }) => name === 'model_run').map(({ dur }) => dur / 1000);
    expect(kernelTotals!.ms).toBeGreaterThan(0);
    expect(kernelTotals!.ms).toBeLessThanOrEqual(Math.max(...runMs));
    const noteIds = notes.map(({ id }) => id);
    expect(noteIds.filter((id) => id === 'own-profile')).toHaveLength(1);
    for (const id of ['no-kernels', 'no-samples', 'no-thread-times', 'unattributed']) expect(noteIds).not.toContain(id);
  });

  test('is the same line by line, without brackets', async () => {
    const path = join(folder, 'lines.jsonl');
    const events: object[] = JSON.parse(await readFile(profile, 'utf8'));
    await writeFile(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const [inLines, inArray] = [await analysisOf(path), await analysisOf(profile)];
    expect(inLines.kernels).toEqual(inArray.kernels);
    expect(inLines.kernelTotals).toEqual(inArray.kernelTotals);
    expect(inLines.partition).toEqual(inArray.partition);
  });

  test('counts an operator without those inside it, and each in its run', async () => {
    const node = (name: string, ts: number, dur: number, args: object = { op_name: name, provider: 'CPUExecutionProvider' }) => {
      return { cat: 'Node', ph: 'X', pid: 1, tid: 1, name: `${name}_kernel_time`, ts, dur, args };
    };
    const run = (ts: number, dur: number) => ({ cat: 'Session', ph: 'X', pid: 1, tid: 1, name: 'model_run', ts, dur, args: {} });
    const events = [
      node('Early', 1, 2),
      node('Add', 120, 30),
      node('Loop', 110, 60),
      { ...node('Add', 0, 0), name: 'Add_fence_before', ts: 115, dur: 1 },
      node('Odd', 175, 5, {
        op_name: 5,
        output_type_shape: 'none',
        input_type_shape: [{ float: 'x' }, null, [1], { int64: [2] }],
      }),
      run(100, 100),
      node('Add', 320, 10),
      run(300, 100),
    ];
    const path = join(folder, 'loop.json');
    await writeFile(path, JSON.stringify(events));
    const { kernels, kernelTotals } = await analysisOf(path);
    expect(kernels.map(({ name, ms }) => [name, Math.round(ms * 1e6) / 1e6])).toEqual([
      ['Add', 0.02],
      ['Loop', 0.015],
      ['Odd', 0.0025],
    ]);
    expect(kernelTotals!.predictions).toBe(2);
  });
});
