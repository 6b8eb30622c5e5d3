import { expect, test } from 'vitest';
import { isSoftwareRenderer } from '../../src/bundle/gpuNames.js';

test.each([
  'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
  'llvmpipe (LLVM 15.0.6, 256 bits)',
  'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)',
  'Microsoft WARP',
])('%s is software', (name) => {
  expect(isSoftwareRenderer(name)).toBe(true);
});

test.each(['ANGLE (NVIDIA, NVIDIA GeForce RTX 4070 Direct3D11)', 'Apple M3', 'Intel Iris Xe', 'warpdrive 9000'])(
  '%s is hardware',
  (name) => {
    expect(isSoftwareRenderer(name)).toBe(false);
  },
);
