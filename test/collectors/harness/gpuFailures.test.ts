import { describe, expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { onnxChain, shortRun, tfjsOperator } from './shortRun.js';

describe.skipIf(!findBrowser())(
  'what a GPU backend cannot do is said by name (skipped without a browser: trace doctor --fix)',
  () => {
    test('an operator that ONNX Runtime’s WebGL backend lacks', async () => {
      const { status, reason } = await shortRun('ort', 'webgl', await onnxChain(['HardSigmoid']), ['timing']);
      expect(status).toBe('discarded');
      expect(reason).toContain('The webgl backend of onnxruntime-web lacks the operator HardSigmoid, which chain needs.');
      expect(reason).toContain('Try --backend webgpu or --backend wasm, which have it.');
    });

    test('a kernel that TF.js has for some of its backends', async () => {
      const { status, reason } = await shortRun('tfjs', 'webgpu', await tfjsOperator('UniqueV2', 64), ['timing']);
      expect(status).toBe('discarded');
      expect(reason).toMatch(
        /The webgpu backend of TensorFlow\.js lacks the operator Unique, which \S+ needs\. Try --backend webgl or --backend wasm, which have it\./,
      );
    });

    test('an operator that TF.js has nowhere', { tags: ['slow'] }, async () => {
      const { reason } = await shortRun('tfjs', 'webgl', await tfjsOperator('NoSuchOperator', 64), ['timing']);
      expect(reason).toContain('lacks the operator NoSuchOperator');
      expect(reason).toContain('None of its backends has it');
    });
  },
);
