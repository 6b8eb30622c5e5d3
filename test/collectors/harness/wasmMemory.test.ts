import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { encodeModel } from '../../../models/onnx/encodeModel.js';
import { OnnxGraph } from '../../../models/onnx/graph.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';
import { shortRun } from './shortRun.js';

/** A model that makes 4 GiB of one number: its file is small, and nothing is allocated before it fails. */
async function blownUp(): Promise<string> {
  const graph = new OnnxGraph('huge', 1, 17);
  const shape = graph.constant('shape', [2], BigInt64Array.of(32_768n, 32_768n));
  const expanded = graph.node('Expand', [graph.input('x', 'float32', [1]), shape]);
  graph.output(graph.node('ReduceSum', [expanded], { keepdims: 0 }), 'y', 'float32', []);
  const path = join(await temporaryFolder(), 'huge.onnx');
  await writeFile(path, encodeModel(graph));
  return path;
}

describe.skipIf(!findBrowser())(
  'a tensor that Wasm’s memory cannot hold is said so (skipped without a browser: trace doctor --fix)',
  () => {
    test('in ONNX Runtime, whose own words are of an integer', async () => {
      const { status, reason } = await shortRun('ort', 'wasm', await blownUp(), ['timing']);
      expect(status).toBe('discarded');
      expect(reason).toContain('onnxruntime-web most likely ran out of Wasm’s memory');
      expect(reason).toContain('of huge, which was fed with x=1. Try smaller inputs');
      expect(reason).toContain('onnxruntime-web said:');
    });
  },
);
