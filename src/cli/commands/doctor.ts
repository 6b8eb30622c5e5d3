import { isBusy, type MachineFacts } from '../../../analyzers/machine/machine.js';
import { pickNativeDevice } from '../../../collectors/baseline/pickNativeDevice.js';
import { startNativeBaseline } from '../../../collectors/baseline/startNativeBaseline.js';
import { startTfjsNode } from '../../../collectors/baseline/startTfjsNode.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { type GpuAbilities, gpuAbilities } from '../../../collectors/browser/gpuAbilities.js';
import { installBrowser } from '../../../collectors/browser/installBrowser.js';
import { browserFacts, launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import { machineFacts } from '../../../collectors/machine/machineFacts.js';
import { defaultCacheFolder } from '../../../models/defaultCacheFolder.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { tinyOperators } from '../../../models/tinyOperators.js';
import { inertJson } from '../../text/inertJson.js';
import { exitCodes } from '../explain.js';
import { frameworkFindings, inFolder } from '../frameworkFindings.js';
import type { Command } from '../lazyCommand.js';

interface Finding {
  readonly id: string;
  readonly ok: boolean;
  readonly text: string;
}

export const doctorCommand: Command<{ json: boolean; fix: boolean }> = {
  builder: (yargs) =>
    yargs
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .option('fix', { type: 'boolean', default: false, describe: 'Install a Chromium if there is none' }),
  async handler({ json, fix }) {
    if (fix && !findBrowser()) await installBrowser((text) => process.stderr.write(`${text}\n`));
    const findings = await examine();
    if (json) process.stdout.write(`${inertJson(findings)}\n`);
    else for (const { ok, text } of findings) process.stdout.write(`${ok ? 'ok' : 'no'}  ${text}\n`);
    if (findings.some(({ id, ok }) => id === 'browser' && !ok)) process.exitCode = exitCodes.failed;
  },
};

async function examine(): Promise<Finding[]> {
  const browser = findBrowser();
  const machine = await machineFacts();
  const native = await nativeRuntime();
  return [
    {
      id: 'browser',
      ok: browser !== null,
      text: browser ? `Browser: ${browser.executable}, from ${browser.origin}` : 'Browser: none. Run "trace doctor --fix".',
    },
    {
      id: 'sandbox',
      ok: process.getuid?.() !== 0,
      text: process.getuid?.() === 0 ? 'Sandbox: off, because Chromium refuses it to root. Run as another user.' : 'Sandbox: on',
    },
    ...frameworkFindings(),
    {
      id: 'baseline',
      ok: native.loads,
      text: `Native baseline: ${native.detail}`,
    },
    await nativeWebGpu(),
    await tfjsNode(),
    {
      id: 'cpu-features',
      ok: machine.vectorFeatures !== null,
      text: machine.vectorFeatures
        ? `CPU vector features: ${machine.vectorFeatures.join(' ')}`
        : 'CPU vector features: unknown; this system does not tell them.',
    },
    quietFinding(machine),
    ...(browser ? [await gpu()] : []),
  ];
}

async function gpu(): Promise<Finding> {
  try {
    return gpuFinding(await gpuAbilities());
  } catch (error) {
    return { id: 'gpu', ok: false, text: `GPU: unknown. ${(error as Error).message}` };
  }
}

/** Runs a small model on the native WebGPU provider, as the native run of a GPU backend does. */
async function nativeWebGpu(): Promise<Finding> {
  const finding = (ok: boolean, text: string): Finding => ({ id: 'native-webgpu', ok, text: `Native WebGPU: ${text}` });
  try {
    const launched = await launchBrowser({ gpu: 'hardware' });
    const browser = await browserFacts(launched).finally(() => launched.browser.close());
    const file = await tinyOperators.write(defaultCacheFolder(process.env));
    const { inputs } = modelFeeds(file, [], 1);
    const { device, lack } = await pickNativeDevice('webgpu', browser, { modelPath: file.path, inputs, threads: 1 });
    return device.provider === 'webgpu'
      ? finding(true, `${device.title}; the browser has ${browser.gpu}`)
      : finding(false, lack ?? 'there is no native runtime.');
  } catch (error) {
    return finding(false, (error as Error).message);
  }
}

/** Loads tfjs-node in the same way as a run of a TF.js model. */
async function tfjsNode(): Promise<Finding> {
  const finding = (ok: boolean, text: string): Finding => ({ id: 'tfjs-node', ok, text: `Native TF.js: ${text}` });
  try {
    const native = await startTfjsNode({ modelPath: '', inputs: [], threads: 1 });
    await native.close();
    return finding(true, `tfjs-node ${native.version}${inFolder('@tensorflow/tfjs-node')}`);
  } catch (error) {
    return finding(false, (error as Error).message);
  }
}

/** Loads the native runtime in the same way as a run, in a separate process. */
async function nativeRuntime(): Promise<{ loads: boolean; detail: string }> {
  try {
    const native = await startNativeBaseline({ modelPath: '', inputs: [], threads: 1 });
    await native.close();
    return { loads: true, detail: `onnxruntime-node ${native.version}${inFolder('onnxruntime-node')}` };
  } catch (error) {
    return { loads: false, detail: (error as Error).message };
  }
}

function gpuFinding({ facts, webgl, webgpu, timesWebgl, timesWebgpu }: GpuAbilities): Finding {
  const driver = facts.driver ? `, driver ${facts.driver}` : '';
  const served = (title: string, there: boolean, state: string | null): string =>
    `${title}: ${there ? (state ?? 'there') : 'none'}`;
  const timed = [...(timesWebgl ? ['WebGL'] : []), ...(timesWebgpu ? ['WebGPU'] : [])];
  return {
    id: 'gpu',
    ok: webgl && webgpu,
    text: [
      `GPU: ${facts.gpu ?? 'none'}${driver}`,
      served('WebGL', webgl, facts.webgl),
      served('WebGPU', webgpu, facts.webgpu),
      `timer queries: ${timed.length > 0 ? `yes (${timed.join(', ')})` : 'no'}`,
    ].join('; '),
  };
}

/** Whether other programs use cores now. Times measured with such load are longer, and may not repeat. */
export function quietFinding({ busyCores, cores }: Pick<MachineFacts, 'busyCores' | 'cores'>): Finding {
  if (busyCores === null) return { id: 'quiet', ok: false, text: 'Quiet: unknown; this system does not tell how busy it is.' };
  const ok = !isBusy({ busyCores, cores });
  return {
    id: 'quiet',
    ok,
    text: `Quiet: ${busyCores.toFixed(1)} of ${cores} cores are busy now${ok ? '' : ', with other programs. Times would be longer than they are otherwise'}.`,
  };
}
