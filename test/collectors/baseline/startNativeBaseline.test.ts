import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { BaselineError, childPath } from '../../../collectors/baseline/childProcess.js';
import type { BaselineInput } from '../../../collectors/baseline/protocol.js';
import {
  BaselineUnavailable,
  type NativeBaselineOptions,
  startNativeBaseline,
} from '../../../collectors/baseline/startNativeBaseline.js';
import { seededInput } from '../../../models/seededInput.js';
import { packageRoot } from '../../../src/packageRoot.js';
import { tinyModel } from '../../models/onnx/tinyModel.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';
import { installed } from '../../setup/fakePackage.js';

test('a model is set up, warmed up and run, and its outputs come back', async () => {
  const baseline = await start();
  expect(baseline.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(baseline.threads).toBe(1);
  expect(await baseline.setup()).toBeGreaterThan(0);
  expect(await baseline.warmup()).toBeGreaterThan(0);
  const latenciesMs = await baseline.predict(5);
  expect(latenciesMs).toHaveLength(5);
  for (const ms of latenciesMs) expect(ms).toBeGreaterThan(0);
  const [output, ...others] = await baseline.outputs();
  expect(others).toEqual([]);
  expect(output).toMatchObject({ name: 'y', type: 'float32', shape: [2, 3] });
  expect(output!.data).toHaveLength(24);
});

test('a second setup starts afresh and computes the same', async () => {
  const baseline = await start();
  await baseline.setup();
  await baseline.warmup();
  const before = await baseline.outputs();
  await baseline.setup();
  await expect(baseline.outputs()).rejects.toThrow('no iteration has run yet');
  await baseline.warmup();
  expect(await baseline.outputs()).toEqual(before);
});

test('calls made at once are answered in order', async () => {
  const baseline = await start();
  const [setupMs, latenciesMs, outputs] = await Promise.all([baseline.setup(), baseline.predict(3), baseline.outputs()]);
  expect(setupMs).toBeGreaterThan(0);
  expect(latenciesMs).toHaveLength(3);
  expect(outputs).toHaveLength(1);
});

test('what the model cannot do is an error, and the process stays', async () => {
  const wrongShape = { spec: { name: 'x', type: 'float32', shape: [1, 5] }, bytes: new Uint8Array(20) } as const;
  const baseline = await start({ inputs: [wrongShape] });
  await expect(baseline.predict(1)).rejects.toThrow('setup was not called');
  await baseline.setup();
  const error = await baseline.predict(1).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BaselineError);
  expect((error as Error).message).toMatch(/failed in the native baseline: .*dimensions/s);
  expect(await baseline.setup()).toBeGreaterThan(0);
});

test('a file that is no model is an error of setup', async () => {
  const path = join(await temporaryFolder(), 'bad.onnx');
  await writeFile(path, 'not a model');
  const baseline = await start({ modelPath: path });
  await expect(baseline.setup()).rejects.toThrow(BaselineError);
});

test('every wait ends when the process dies', async () => {
  const baseline = await start();
  await baseline.setup();
  const waits = [baseline.predict(100_000_000), baseline.outputs()];
  setTimeout(() => process.kill(baseline.pid, 'SIGKILL'), 50);
  for (const result of await Promise.allSettled(waits)) {
    expect(result).toMatchObject({
      status: 'rejected',
      reason: { name: 'BaselineError', message: expect.stringContaining('ended by SIGKILL') },
    });
  }
  await expect(baseline.warmup()).rejects.toThrow('ended by SIGKILL');
  expect(isRunning(baseline.pid)).toBe(false);
  await baseline.close();
});

test('an abort ends the process and gives its reason to who waits', async () => {
  const controller = new AbortController();
  const baseline = await start({ signal: controller.signal });
  await baseline.setup();
  const wait = baseline.predict(100_000_000);
  setTimeout(() => controller.abort(new Error('enough')), 50);
  await expect(wait).rejects.toThrow('enough');
  await expect(baseline.predict(1)).rejects.toThrow('enough');
  expect(isRunning(baseline.pid)).toBe(false);
  await expect(start({ signal: controller.signal })).rejects.toThrow('enough');
});

test('an abort while it starts leaves no process', async () => {
  const controller = new AbortController();
  const starting = start({ signal: controller.signal });
  setTimeout(() => controller.abort(new Error('never mind')), 20);
  await expect(starting).rejects.toThrow('never mind');
});

test('closing ends the process, also in the middle of its work, and may be repeated', async () => {
  const baseline = await start();
  await baseline.setup();
  const wait = expect(baseline.predict(100_000_000)).rejects.toThrow(BaselineError);
  await baseline.close();
  await wait;
  expect(isRunning(baseline.pid)).toBe(false);
  await baseline.close();
});

test('a missing onnxruntime-node is a lack, with the command that installs it', async () => {
  const places = [join(await temporaryFolder(), 'package.json')];
  const error = await start({ places }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BaselineUnavailable);
  expect(error).toMatchObject({
    reason: null,
    message:
      'No native baseline: onnxruntime-node is not installed. Run "npm install -D --ignore-scripts onnxruntime-node" to have one.',
  });
});

test('an onnxruntime-node that crashes as it loads is a lack, with its last words', async () => {
  const crash = "console.error('Illegal instruction, said the library'); process.exit(132)";
  const project = await temporaryFolder();
  await installed(project, 'onnxruntime-node', { version: '1.0.0', main: 'main.js' }, { 'main.js': crash });
  const places = [join(project, 'package.json')];
  const error = await start({ places }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BaselineUnavailable);
  expect((error as Error).message).toMatch(/exit code 132.*Illegal instruction, said the library/s);
});

test('the process ends when its parent is killed', async () => {
  const module = pathToFileURL(join(packageRoot(), 'dist', 'collectors', 'baseline', 'startNativeBaseline.js')).href;
  expect(existsSync(childPath('child.js'))).toBe(true);
  const { modelPath } = await tinyWorkload();
  const script = `
    const { startNativeBaseline } = await import(${JSON.stringify(module)});
    const bytes = new Uint8Array(32);
    const inputs = [{ spec: { name: 'x', type: 'float32', shape: [2, 4] }, bytes }];
    const baseline = await startNativeBaseline({ modelPath: ${JSON.stringify(modelPath)}, inputs, threads: 1 });
    await baseline.setup();
    baseline.predict(100_000_000);
    console.log(baseline.pid);
  `;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  expect(isRunning(pid)).toBe(true);
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000 });
});

async function start(options: Partial<NativeBaselineOptions> = {}) {
  const baseline = await startNativeBaseline({ ...(await tinyWorkload()), threads: 1, ...options });
  onTestFinished(() => baseline.close());
  return baseline;
}

async function tinyWorkload(): Promise<{ modelPath: string; inputs: BaselineInput[] }> {
  const modelPath = join(await temporaryFolder(), 'tiny.onnx');
  await writeFile(modelPath, tinyModel());
  const spec = { name: 'x', type: 'float32', shape: [2, 4] } as const;
  return { modelPath, inputs: [{ spec, bytes: seededInput(spec, 1) }] };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
