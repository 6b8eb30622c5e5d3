import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readStudyFile } from '../../collectors/study/readStudyFile.js';
import { StudyError } from '../../collectors/study/studyPlan.js';
import { encodeModel } from '../../models/onnx/encodeModel.js';
import { OnnxGraph } from '../../models/onnx/graph.js';
import { linear } from '../../models/onnx/layers/linear.js';
import { studyModels } from '../../src/cli/studyModels.js';
import { suiteFolder } from '../collectors/suiteFolder.js';

/** A layer from 4 to 3 numbers, for as many rows as its user says. */
function openModel(): Uint8Array {
  const graph = new OnnxGraph('open', 7, 17);
  graph.output(linear(graph, graph.input('x', 'float32', ['rows', 4]), 'layer', 4, 3), 'y', 'float32', ['rows', 3]);
  return encodeModel(graph);
}

describe('the models of a study file', () => {
  const folder = suiteFolder();
  beforeAll(() => writeFile(join(folder(), 'open.onnx'), openModel()));

  const modelsOf = async (text: string) => {
    const path = join(folder(), 'mine.yaml');
    await writeFile(path, `name: mine\nruns:\n${text}`);
    return studyModels(await readStudyFile(path));
  };
  const problem = async (text: string): Promise<string> => {
    const error = await modelsOf(text).then(
      () => expect.unreachable('it was taken'),
      (thrown: Error) => thrown,
    );
    expect(error).toBeInstanceOf(StudyError);
    return error.message.replaceAll(`${folder()}/`, '');
  };

  test('are names of the registry, which are not put on disk yet, and files beside the study file', async () => {
    const models = await modelsOf('  - models: [mobilenet-v2, ppocr-det, open.onnx]\nshapes:\n  open.onnx: { x: [2, 4] }\n');
    expect([...models]).toEqual([
      ['mobilenet-v2', { name: 'mobilenet-v2', formats: ['onnx', 'tfjs', 'tflite'], nameOrPath: 'mobilenet-v2', shapes: [] }],
      ['ppocr-det', { name: 'ppocr-det', formats: ['onnx'], nameOrPath: 'ppocr-det', shapes: [] }],
      [
        'open.onnx',
        { name: 'open', formats: ['onnx'], nameOrPath: join(folder(), 'open.onnx'), shapes: [{ name: 'x', shape: [2, 4] }] },
      ],
    ]);
  });

  test.each([
    [
      '  - models:\n      - mobilenet-v2\n      - resnet5\n',
      /^mine\.yaml:5: resnet5: there is no model of that name\. Did you mean resnet50\?/,
    ],
    ['  - models: none.onnx\n', /^mine\.yaml:3: none\.onnx: there is no such file\./],
    ['  - models: mine.yaml\n', /^mine\.yaml:3: mine\.yaml: only \.onnx files, TF\.js models/],
    ['  - models: ./none/model.json\n', /^mine\.yaml:3: none\/model\.json: there is no such file\./],
    [
      '  - models: open.onnx\n',
      /^mine\.yaml:3: open: input "x": nothing says how large .* In a study file it stands under "shapes"/,
    ],
    ['  - models: open.onnx\nshapes:\n  open.onnx: { x: [2, 5] }\n', /^mine\.yaml:3: open: input "x": dimension 2 of 2x5 is 5/],
    [
      '  - models: mobilenet-v2\nshapes:\n  open.onnx: { x: [2, 4] }\n',
      /^mine\.yaml:5: "shapes" has open\.onnx, which "runs" does not name\. Take it out\.$/,
    ],
    [
      '  - models: mobilenet-v2\nshapes:\n  mobilenet-v2: { x: [2, 4] }\n',
      /^mine\.yaml:5: "shapes" has mobilenet-v2, whose shapes are known: they are for models of your own\. Take it out\.$/,
    ],
  ])('%j is refused with its line', async (text, expected) => {
    expect(await problem(text)).toMatch(expected);
  });
});
