import { expect, test } from 'vitest';
import { deviceName } from '../../../analyzers/gpu/words.js';
import { buildGpuUse } from '../../report/buildGpuAnalysis.js';

const [device] = buildGpuUse().devices;

test.each([
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', 'SwiftShader'],
  ['ANGLE (NVIDIA, Vulkan 1.3.277 (NVIDIA H100 PCIe (0x00002331)), NVIDIA)', 'NVIDIA H100 PCIe'],
  ['ANGLE (Intel, Mesa Intel(R) UHD Graphics (CML GT2), OpenGL 4.6)', 'Mesa Intel(R) UHD Graphics (CML GT2)'],
  ['ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)', 'Apple M2'],
  ['', 'nvidia hopper'],
])('the device %s is called %s', (description, name) => {
  expect(deviceName({ ...device!, description, vendor: 'nvidia', architecture: 'hopper' })).toBe(name);
});
