import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { type Frame, js, RunBuilder, scriptUrl, wasm } from '../buildRun.js';

const pack: Frame & { lineNumber: number } = {
  functionName: 'pack',
  url: scriptUrl,
  codeType: 'JS',
  lineNumber: 4,
  columnNumber: 9,
};

describe('glue', () => {
  test('is told by function and by builtin under its caller, and sums to the partition', () => {
    const run = new RunBuilder();
    run
      .thread()
      .task(0, 80)
      .phase('iteration:0', 0, 40)
      .phase('iteration:1', 40, 80)
      .executes(pack, 0, 8)
      .executes({ functionName: 'slice', codeType: 'other', caller: pack }, 8, 12)
      .executes({ functionName: 'sort', codeType: 'other', caller: pack }, 12, 14)
      .executes(wasm('simd128'), 14, 80);
    const { glue, partition } = analyze(run.input());
    expect(glue!.functions.map(({ builtin, function: name, cause }) => [builtin, name, cause])).toEqual([
      [null, 'pack', 'runtime.glue'],
      ['slice', 'pack', 'runtime.memory'],
      ['sort', 'pack', 'runtime.glue'],
    ]);
    expect(glue!.functions[0]).toMatchObject({ script: scriptUrl, line: 5, column: 10 });
    expect(glue!.scripts).toMatchObject([{ script: scriptUrl }]);
    const share = partition!.causes.find(({ id }) => id === 'runtime.glue')!.share;
    expect(glue!.scripts.reduce((sum, each) => sum + each.share, 0)).toBeCloseTo(share);
    expect(glue!.ms).toBeCloseTo(share * 40);
    expect(glue!.functions[1]!.ms).toBeCloseTo(2, 0);
  });

  test('does not count what a slice or a page task has', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 0, 40).executes(js, 0, 40).slice('MinorGC', 0, 30);
    const { glue } = analyze(run.input());
    expect(glue!.ms).toBeCloseTo(10, 0);
  });

  test('is null where no JavaScript ran', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 0, 40).executes(wasm('simd128'), 0, 40);
    expect(analyze(run.input()).glue).toBeNull();
  });
});
