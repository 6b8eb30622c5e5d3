import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { nativeWebGpu } from '../../../collectors/baseline/pickNativeDevice.js';
import { suiteFolder } from '../suiteFolder.js';

const folder = suiteFolder();

/** A browser's folder with these files in it, and the path of the browser. */
async function browserWith(...files: readonly string[]): Promise<string> {
  const own = join(folder(), `browser-${files.length}`);
  await mkdir(own, { recursive: true });
  for (const file of ['chrome', ...files]) await writeFile(join(own, file), '');
  return join(own, 'chrome');
}

test('nativeWebGpu, with a GPU, sets nothing', () => {
  const device = nativeWebGpu({ executable: '/nowhere/chrome', softwareRendering: false });
  expect(device).toEqual({ provider: 'webgpu', title: 'WebGPU (hardware)', environment: {} });
});

describe.skipIf(process.platform !== 'linux')('nativeWebGpu, without a GPU (skipped: Linux only)', () => {
  test('is the SwiftShader beside the browser, by the loader beside it', async () => {
    const executable = await browserWith('vk_swiftshader_icd.json', 'libvulkan.so.1');
    vi.stubEnv('LD_PRELOAD', undefined);
    const driver = join(executable, '../vk_swiftshader_icd.json');
    for (const softwareRendering of [true, null]) {
      expect(nativeWebGpu({ executable, softwareRendering })).toEqual({
        provider: 'webgpu',
        title: 'WebGPU (software: SwiftShader)',
        environment: { VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver, LD_PRELOAD: join(executable, '../libvulkan.so.1') },
      });
    }
    vi.stubEnv('LD_PRELOAD', '/lib/other.so');
    expect(nativeWebGpu({ executable, softwareRendering: true })).toMatchObject({
      environment: { LD_PRELOAD: `${join(executable, '../libvulkan.so.1')}:/lib/other.so` },
    });
    vi.unstubAllEnvs();
  });

  test('leaves the loader to the system where the browser has none, and follows links to the browser', async () => {
    const executable = await browserWith('vk_swiftshader_icd.json');
    const link = join(folder(), 'link');
    await symlink(executable, link);
    const driver = join(executable, '../vk_swiftshader_icd.json');
    expect(nativeWebGpu({ executable: link, softwareRendering: true })).toMatchObject({
      environment: { VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver },
    });
  });

  test('says what is missing where the browser has no SwiftShader', async () => {
    const executable = await browserWith();
    const lack = nativeWebGpu({ executable, softwareRendering: true });
    expect(lack).toContain(`no vk_swiftshader_icd.json is beside the browser ${executable}`);
  });
});
