import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readStudyFile } from '../../../collectors/study/readStudyFile.js';
import { StudyError } from '../../../collectors/study/studyPlan.js';
import { suiteFolder } from '../suiteFolder.js';

describe('a study file', () => {
  const folder = suiteFolder();
  let number = 0;
  const write = async (text: string): Promise<string> => {
    const path = join(folder(), `${number++}.yaml`);
    await writeFile(path, text);
    return path;
  };
  /** What is wrong with it, each line without the path of the file. */
  const problems = async (text: string): Promise<string[]> => {
    const path = await write(text);
    const error = await readStudyFile(path).then(
      () => expect.unreachable('it was read'),
      (thrown: Error) => thrown,
    );
    expect(error).toBeInstanceOf(StudyError);
    return error.message.split('\n').map((line) => line.replaceAll(path, 'file'));
  };

  test('may name single values where lists of one are meant, and leave out what has a default', async () => {
    const { plan, sha256 } = await readStudyFile(await write('name: mine\nruns:\n  - models: resnet50\n    threads: all\n'));
    expect(plan).toEqual({
      name: 'mine',
      description: '',
      seed: 1,
      qoe: false,
      rounds: 3,
      iterations: null,
      passes: ['timing', 'trace', 'placement', 'operators', 'counts', 'memory'],
      limit: 300_000,
      shapes: {},
      runs: [{ models: ['resnet50'], frameworks: ['ort'], backends: ['wasm'], threads: ['all'], simd: ['on'], on: ['worker'] }],
    });
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('may say everything', async () => {
    const { plan } = await readStudyFile(
      await write(`name: all-2
description: Everything
seed: -7
rounds: 5
iterations: 12
passes: [timing, trace]
limit: 90s
runs:
  - models: [resnet50, ./mine.onnx]
    frameworks: [ort, tfjs]
    backends: [wasm, webgl, webgpu]
    threads: [1, 2, all]
    simd: [on, off]
    on: [worker, main]
shapes:
  ./mine.onnx: { x: [1, 3, 32, 32], scale: [] }
`),
    );
    expect(plan).toMatchObject({ seed: -7, rounds: 5, iterations: 12, passes: ['timing', 'trace'], limit: 90_000 });
    expect(plan.shapes).toEqual({ './mine.onnx': { x: [1, 3, 32, 32], scale: [] } });
    expect(plan.runs[0]!.simd).toEqual(['on', 'off']);
  });

  const block = 'runs:\n  - models: resnet50\n';
  test.each([
    ['', ['file:1: the file is to be a study, beginning with "name:", not empty.']],
    ['- 1\n', ['file:1: the file is to be a study, beginning with "name:", not [1].']],
    [block, ['file:1: "name" is missing; it is to be a name in lower case, digits and hyphens.']],
    [`name: Two Words\n${block}`, ['file:1: "name" is to be a name in lower case, digits and hyphens, not "Two Words".']],
    [`name: a/../b\n${block}`, ['file:1: "name" is to be a name in lower case, digits and hyphens, not "a/../b".']],
    [`name: a\nseed: x\n${block}`, ['file:2: "seed" is to be a whole number, not "x".']],
    [`name: a\nrounds: 0\n${block}`, ['file:2: "rounds" is to be a whole number from 1 to 1000, not 0.']],
    [`name: a\nrounds: 2.5\n${block}`, ['file:2: "rounds" is to be a whole number from 1 to 1000, not 2.5.']],
    [`name: a\niterations: 0\n${block}`, ['file:2: "iterations" is to be a whole number from 1 on, not 0.']],
    [
      `name: a\npasses: trace\n${block}`,
      ['file:2: "passes" is to be a list with timing in it, as a study compares times, not "trace".'],
    ],
    [`name: a\nlimit: 5\n${block}`, ['file:2: "limit" is to be a duration like 90s, 5m or 1h, not 5.']],
    [`name: a\nlimit: soon\n${block}`, ['file:2: "limit" is to be a duration like 90s, 5m or 1h, not "soon".']],
    [
      `name: a\nlimit: 9h\n${block}`.replace('9h', '200h'),
      ['file:2: "limit" is to be a duration of no more than 24h, not "200h".'],
    ],
    [`name: a\ndescription: [1]\n${block}`, ['file:2: "description" is to be text, not [1].']],
    ['name: a\n', ['file:1: "runs" is missing; it is to be a list of blocks, each with "models".']],
    ['name: a\nruns: []\n', ['file:2: "runs" is to be a list of at least one block, not [].']],
    ['name: a\nruns: resnet50\n', ['file:2: "runs" is to be a list of blocks, each with "models", not "resnet50".']],
    [
      'name: a\nruns:\n  - resnet50\n',
      ['file:3: "runs" is to be a block with "models", and what else is to be crossed with them, not "resnet50".'],
    ],
    [
      'name: a\nruns:\n  - backends: wasm\n',
      [
        'file:3: "models" is missing; it is to be a model that "trace models" lists, or the path of an .onnx or .tflite file or a TF.js model.json.',
      ],
    ],
    ['name: a\nruns:\n  - models: []\n', ['file:3: "models" is to be a list of at least one, not [].']],
    [
      `name: a\n${block}    frameworks: tensorflow\n    backends: [wasm,\n      webnn]\n`,
      [
        'file:4: "frameworks" is to be ort, tfjs or litert, not "tensorflow".',
        'file:6: "backends" is to be wasm, webgl or webgpu, not "webnn".',
      ],
    ],
    [
      `name: a\n${block}    threads: [1, 0]\n`,
      ['file:4: "threads" is to be a whole number from 1 to 256, or "all" for all cores, not 0.'],
    ],
    [
      `name: a\n${block}    threads: many\n`,
      ['file:4: "threads" is to be a whole number from 1 to 256, or "all" for all cores, not "many".'],
    ],
    [`name: a\n${block}    simd: true\n`, ['file:4: "simd" is to be on or off, not true.']],
    [`name: a\n${block}    on: gpu\n`, ['file:4: "on" is to be worker or main, not "gpu".']],
    [`name: a\n${block}    thread: 1\n`, ['file:4: there is no "thread" here. Did you mean "threads"?']],
    [
      `name: a\n${block}    precision: 16\n`,
      ['file:4: there is no "precision" here. There may be models, frameworks, backends, threads, simd, on.'],
    ],
    [`name: a\n${block}round: 2\n`, ['file:4: there is no "round" here. Did you mean "rounds"?']],
    [
      `name: a\n${block}shapes:\n  m.onnx:\n    x: 1x3\n`,
      ['file:6: "x" is to be a list of dimensions, like [1, 3, 224, 224], not "1x3".'],
    ],
    [`name: a\n${block}shapes:\n  m.onnx: { x: [1, 0] }\n`, ['file:5: "x" is to be a dimension, 1 or more, not 0.']],
    [
      `name: a\n${block}shapes:\n  m.onnx: 5\n`,
      ['file:5: "m.onnx" is to be inputs and their shapes, like "x: [1, 3, 224, 224]", not 5.'],
    ],
  ])('%j is refused, with the line and what is to stand there', async (text, expected) => {
    expect(await problems(text)).toEqual(expected);
  });

  test.each([
    ['name: a\nruns: [\n', /^file:\d: this is not YAML: .+\. Mend that line\.$/],
    ['name: a\nname: b\n', /^file:2: this is not YAML: Map keys must be unique\. Mend that line\.$/],
    ['name: a\n---\nname: b\n', /^file:2: this is not YAML: .+ Mend that line\.$/],
    ['name: a\nruns: *none\n', /^file cannot be read: .*none.* Write out what its aliases stand for\.$/],
  ])('%j is no YAML, and says where', async (text, expected) => {
    const [problem] = await problems(text);
    expect(problem).toMatch(expected);
  });

  test('with many mistakes names the first ten', async () => {
    const found = await problems(`name: a\nruns:\n${'  - models: x\n    on: moon\n'.repeat(30)}`);
    expect(found).toHaveLength(11);
    expect(found.at(-1)).toBe('… and 20 more.');
  });

  test('of aliases that multiply is refused', async () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`),
    ];
    expect((await problems(bomb.join('\n')))[0]).toContain('Write out what its aliases stand for.');
  });

  test.each([
    ['name: a\nruns: &r [*r]\n', 'file:2: "runs" is to be a block with "models"'],
    ['name: a\nruns: &r [{models: x, on: *r}]\n', 'file:2: "on" is to be worker or main, not something that holds itself'],
    ['name: &n [*n]\nruns: [{models: x}]\n', 'not something that holds itself, or is nested too deeply.'],
    [`name: ${'['.repeat(100_000)}`, 'nested too deeply'],
    [`name: ${'{a: '.repeat(50_000)}1${'}'.repeat(50_000)}`, 'nested too deeply'],
    [`${'- '.repeat(100_000)}1`, 'nested too deeply'],
    [
      `name: a\nruns: [{models: x}]\na0: &a0 []\n${Array.from({ length: 20_000 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]`).join('\n')}`,
      'more than 100 aliases. Write out what its aliases stand for.',
    ],
  ])('of aliases or lists that have no end is refused (%#)', async (text, said) => {
    expect((await problems(text)).join('\n')).toContain(said);
  });

  test('that says something twice is refused with the line, however long it is', { timeout: 60_000 }, async () => {
    expect(await problems('name: a\nruns: []\nname: b\n')).toEqual([
      'file:3: this is not YAML: Map keys must be unique. Mend that line.',
    ]);
    expect(await problems('name: a\nruns: [{models: x, on: main, models: y}]\n')).toEqual([
      'file:2: this is not YAML: Map keys must be unique. Mend that line.',
    ]);
    const keys = Array.from({ length: 30_000 }, (_, i) => `k${i}:`);
    expect((await problems(keys.join('\n')))[0]).toMatch(/^file:1: /);
    expect(await problems([...keys, 'k7:'].join('\n'))).toEqual([
      'file:30001: this is not YAML: Map keys must be unique. Mend that line.',
    ]);
  });

  test('that is not there, or far too large, is named', async () => {
    await expect(readStudyFile(join(folder(), 'none.yaml'))).rejects.toThrow(
      /none\.yaml cannot be read: ENOENT.*Check the path\.$/,
    );
    await expect(readStudyFile(await write(`# ${'x'.repeat(2 ** 20)}`))).rejects.toThrow('is larger than 1 MB');
  });
});
