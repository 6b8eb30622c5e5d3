import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { compareOutputs } from '../../../collectors/baseline/compareOutputs.js';
import { nativeWebGpu, pickNativeDevice } from '../../../collectors/baseline/pickNativeDevice.js';
import { type NativeDevice, nativeCpu, startNativeBaseline } from '../../../collectors/baseline/startNativeBaseline.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { seededInput } from '../../../models/seededInput.js';
import { tinyModel } from '../../models/onnx/tinyModel.js';
import { suiteFolder } from '../suiteFolder.js';

const folder = suiteFolder();
const executable = findBrowser()?.executable ?? '';
const swiftShader = nativeWebGpu({ executable, softwareRendering: true });

async function workload() {
  const modelPath = join(folder(), 'tiny.onnx');
  await writeFile(modelPath, tinyModel());
  const spec = { name: 'x', type: 'float32', shape: [2, 4] } as const;
  return { modelPath, inputs: [{ spec, bytes: seededInput(spec, 1) }], threads: 1 };
}

describe('pickNativeDevice', () => {
  test('beside a backend on the CPU is the CPU, which is no lack', async () => {
    const picked = await pickNativeDevice('wasm', { executable: '', softwareRendering: true }, await workload());
    expect(picked).toEqual({ device: nativeCpu, cpuOperators: null, lack: null });
  });

  test.skipIf(process.platform !== 'linux')(
    'where no device is found falls back to the CPU, and says why and what to do',
    async () => {
      const browser = join(folder(), 'broken');
      await mkdir(browser);
      const icd = { file_format_version: '1.0.0', ICD: { library_path: './nowhere.so', api_version: '1.0.5' } };
      await writeFile(join(browser, 'vk_swiftshader_icd.json'), JSON.stringify(icd));
      for (const backend of ['webgpu', 'webgl']) {
        const found = { executable: join(browser, 'chrome'), softwareRendering: true };
        const { lack, ...picked } = await pickNativeDevice(backend, found, await workload());
        expect(picked).toEqual({ device: nativeCpu, cpuOperators: null });
        expect(lack).toMatch(/^the native WebGPU provider cannot run here, since it found no device\. Install .*libvulkan1/);
      }
    },
  );

  test('of a model that does not run on the device falls back too, with what the runtime said', async () => {
    const { modelPath, inputs, threads } = await workload();
    const bad = join(folder(), 'bad.onnx');
    await writeFile(bad, 'no model');
    const found = { executable, softwareRendering: typeof swiftShader !== 'string' };
    const { device, lack } = await pickNativeDevice('webgpu', found, { modelPath: bad, inputs, threads });
    expect([device, lack]).toEqual([nativeCpu, expect.stringContaining('cannot run here, since it')]);
    expect(modelPath).not.toBe(bad);
  });

  test('after an abort throws its reason', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(
      pickNativeDevice('webgpu', { executable, softwareRendering: false }, { ...(await workload()), signal }),
    ).rejects.toThrow('enough');
  });
});

describe.skipIf(typeof swiftShader === 'string')('the browser’s SwiftShader (skipped without one: trace doctor)', () => {
  test('is what a native run beside a GPU backend takes, and computes what the CPU does', async () => {
    const given = await workload();
    const { device, cpuOperators, lack } = await pickNativeDevice('webgl', { executable, softwareRendering: true }, given);
    expect({ lack, device, cpuOperators }).toEqual({ lack: null, device: swiftShader, cpuOperators: false });
    const run = async (on: NativeDevice) => {
      const native = await startNativeBaseline({ ...given, device: on });
      onTestFinished(() => native.close());
      expect(await native.setup()).toBeGreaterThan(0);
      expect(await native.warmup()).toBeGreaterThan(0);
      expect(await native.usesCpuProvider()).toBe(on === nativeCpu);
      return native.outputs();
    };
    expect(compareOutputs(await run(device), await run(nativeCpu))).toMatchObject({ match: true });
  });
});
