import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { bindShapes } from '../../models/bindShapes.js';
import { resolveModel } from '../../models/resolveModel.js';
import { pageFolderName } from '../../src/cli/collectFromPage.js';
import { tinyModel } from '../models/onnx/tinyModel.js';
import { byteEdits, edited, editedBytes, edits, hostileText, hostileValue } from './hostile.js';
import { inTime, orRefused, type Property } from './property.js';
import { inScratchFolder } from './scratchFolder.js';

const dimensions = (...sizes: number[]) => ({ dim: sizes.map((size) => ({ size: String(size) })) });
const weightsManifest = [{ paths: ['shard.bin'], weights: [{ name: 'w', shape: [3, 2], dtype: 'float32' }] }];
const graphModel = {
  format: 'graph-model',
  signature: {
    inputs: { x: { name: 'x:0', dtype: 'DT_FLOAT', tensorShape: dimensions(-1, 4) } },
    outputs: { y: { name: 'Identity:0', dtype: 'DT_FLOAT', tensorShape: dimensions(-1, 2) } },
  },
  modelTopology: {
    node: [
      { name: 'x', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: dimensions(-1, 4) } } },
      { name: 'w', op: 'Const', attr: {} },
      { name: 'Identity', op: 'Identity', input: ['x', '^w'] },
    ],
  },
  weightsManifest,
};
const layersModel = {
  format: 'layers-model',
  modelTopology: {
    keras_version: '2.10.0',
    model_config: {
      class_name: 'Functional',
      config: {
        layers: [
          { class_name: 'InputLayer', name: 'in', config: { name: 'in', batch_input_shape: [null, 8], dtype: 'float32' } },
        ],
        input_layers: [['in', 0, 0]],
        output_layers: [['in', 0, 0]],
      },
    },
  },
  weightsManifest,
};

const encode = (document: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(document) ?? '');
const tfjs = fc.oneof(
  fc
    .record({ of: fc.constantFrom(graphModel, layersModel), changes: edits })
    .map(({ of, changes }) => encode(edited(of, changes))),
  fc
    .record({ of: fc.constantFrom(graphModel, layersModel), changes: byteEdits })
    .map(({ of, changes }) => editedBytes(encode(of), changes)),
  hostileValue.map((modelTopology) => encode({ modelTopology, weightsManifest })),
);
const onnx = byteEdits.map((changes) => editedBytes(tinyModel(), changes));
const onDisk = fc.oneof(
  fc.record({ name: fc.constant('model.json'), bytes: tfjs, text: hostileText }),
  fc.record({ name: fc.constant('model.onnx'), bytes: onnx, text: hostileText }),
);

/** An ONNX file or a TF.js model.json that was changed; a page’s address that a folder is named after. */
export const models: Property = {
  name: 'models',
  runs: 80,
  property: fc.asyncProperty(onDisk, ({ name, bytes, text }) =>
    inTime(() =>
      inScratchFolder(async (folder) => {
        const path = join(folder, name);
        await writeFile(path, bytes);
        await writeFile(join(folder, 'shard.bin'), new Uint8Array(24));
        const file = await orRefused(() => resolveModel(path, { cacheFolder: join(folder, 'cache') }));
        if (file) await orRefused(() => bindShapes(file, []));
        for (const url of [text, `http://h/${text}`, `http://${text}/`]) {
          const named = pageFolderName(url);
          if (!/^[\w.-]+$/.test(named) || /^\.|\.\./.test(named)) throw new Error(`not the name of a folder: ${named}`);
          await mkdir(join(folder, named), { recursive: true });
        }
      }),
    ),
  ) as unknown as Property['property'],
};
