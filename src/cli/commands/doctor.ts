import { isBusy, type MachineFacts } from '../../../analyzers/machine/machine.js';
import { pickNativeDevice } from '../../../collectors/baseline/pickNativeDevice.js';
import { startNativeBaseline } from '../../../collectors/baseline/startNativeBaseline.js';
import { startTfjsNode } from '../../../collectors/baseline/startTfjsNode.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { type GpuAbilities, gpuAbilities } from '../../../collectors/browser/gpuAbilities.js';
import { installBrowser } from '../../../collectors/browser/installBrowser.js';
import { browserFacts, launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import { frameworkPackages } from '../../../collectors/frameworkPackages.js';
import { frameworkIds } from '../../../collectors/frameworks.js';
import { machineFacts } from '../../../collectors/machine/machineFacts.js';
import { defaultCacheFolder } from '../../../models/defaultCacheFolder.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { tinyOperators } from '../../../models/tinyOperators.js';
import { inertJson } from '../../text/inertJson.js';
import { whileDrawing } from '../drawProgress.js';
import { exitCodes } from '../explain.js';
import { frameworkFindings, inFolder } from '../frameworkFindings.js';
import type { Command } from '../lazyCommand.js';

interface Finding {
  readonly id: string;
  readonly ok: boolean;
  readonly text: string;
}

/** Something that is looked at, in the order of the output. */
interface Check {
  /** What is being done, for the progress. */
  readonly doing: string;
  /** Without it no model can be run: it decides the exit code. What else is missing leaves a gap in the results. */
  readonly needed?: true;
  readonly look: () => Promise<Finding>;
}

export const doctorCommand: Command<{ json: boolean; fix: boolean }> = {
  builder: (yargs) =>
    yargs
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .option('fix', { type: 'boolean', default: false, describe: 'Install a Chromium if there is none' }),
  async handler({ json, fix }) {
    if (fix && !findBrowser()) await installBrowser((text) => process.stderr.write(`${text}\n`));
    const checks = checksOf(findBrowser());
    const findings = await examine(checks);
    const missing = findings.filter(({ ok }) => !ok);
    const lacksNeeded = missing.some(({ needed }) => needed);
    if (json) process.stdout.write(`${inertJson(findings)}\n`);
    else {
      const lines = findings.map(({ ok, needed, text }) => `${ok ? 'ok     ' : needed ? 'MISSING' : 'no     '}  ${text}`);
      process.stdout.write(`${[...lines, '', verdict(missing.length, lacksNeeded)].join('\n')}\n`);
    }
    if (lacksNeeded) process.exitCode = exitCodes.failed;
  },
};

function verdict(missing: number, lacksNeeded: boolean): string {
  if (lacksNeeded) return 'What is needed is not there.';
  return missing === 0
    ? 'All is there.'
    : `What is needed is there. Results will lack what ${missing} of the lines above begin with "no" for.`;
}

/** Looks at one after the other, as they would disturb each other, and says which one of how many. */
function examine(checks: readonly Check[]): Promise<(Finding & { readonly needed: boolean })[]> {
  return whileDrawing(async (progress) => {
    const findings = [];
    for (const [place, { doing, needed = false, look }] of checks.entries()) {
      progress.step(`${doing} (${place + 1} of ${checks.length})`);
      const { id, ...found } = await look();
      findings.push({ id, needed, ...found });
    }
    return findings;
  });
}

function checksOf(found: ReturnType<typeof findBrowser>): Check[] {
  const machine = once(machineFacts);
  const started = once(startedBrowser);
  // One of them is enough.
  const hasNone = frameworkIds.every((id) => frameworkPackages(id).length === 0);
  return [
    // Before anything else is begun here.
    { doing: 'Looking whether the machine is quiet', look: async () => quietFinding(await machine()) },
    { doing: 'Looking at the CPU', look: async () => vectorFinding(await machine()) },
    { doing: 'Starting the browser', needed: true, look: () => browserFinding(found, started) },
    { doing: 'Looking at its sandbox', look: async () => sandboxFinding() },
    ...(found ? [{ doing: 'Asking it for a GPU', look: gpu }] : []),
    ...frameworkFindings().map((finding) => ({
      doing: 'Looking for frameworks',
      ...(hasNone && { needed: true as const }),
      look: async () => finding,
    })),
    { doing: 'Loading the native runtime', look: nativeRuntime },
    ...(found ? [{ doing: 'Running a model on native WebGPU', look: () => nativeWebGpu(started) }] : []),
    { doing: 'Loading tfjs-node', look: tfjsNode },
  ];
}

type Started = () => Promise<Awaited<ReturnType<typeof browserFacts>>>;

/** The facts of a browser that was started with the GPU, and closed. */
async function startedBrowser(): ReturnType<Started> {
  const launched = await launchBrowser({ gpu: 'hardware' });
  return browserFacts(launched).finally(() => launched.browser.close());
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => {
    result ??= work();
    return result;
  };
}

async function browserFinding(found: ReturnType<typeof findBrowser>, started: Started): Promise<Finding> {
  const finding = (ok: boolean, text: string): Finding => ({ id: 'browser', ok, text: `Browser: ${text}` });
  if (!found) return finding(false, 'none. Run "trace doctor --fix".');
  const where = `${found.executable}, from ${found.origin}`;
  try {
    const { product } = await started();
    return finding(true, `${product.replace('/', ' ')}, ${where}`);
  } catch (error) {
    return finding(false, `${where}, does not start: ${(error as Error).message}`);
  }
}

function sandboxFinding(): Finding {
  const ok = process.getuid?.() !== 0;
  const text = ok ? 'Sandbox: on' : 'Sandbox: off, because Chromium refuses it to root. Run as another user.';
  return { id: 'sandbox', ok, text };
}

function vectorFinding({ vectorFeatures }: MachineFacts): Finding {
  const text = vectorFeatures?.join(' ') ?? 'unknown; this system does not tell them.';
  return { id: 'cpu-features', ok: vectorFeatures !== null, text: `CPU vector features: ${text}` };
}

async function gpu(): Promise<Finding> {
  try {
    return gpuFinding(await gpuAbilities());
  } catch (error) {
    return { id: 'gpu', ok: false, text: `GPU: unknown. ${(error as Error).message}` };
  }
}

/** Runs a small model on the native WebGPU provider, as the native run of a GPU backend does. */
async function nativeWebGpu(started: Started): Promise<Finding> {
  const finding = (ok: boolean, text: string): Finding => ({ id: 'native-webgpu', ok, text: `Native WebGPU: ${text}` });
  try {
    const browser = await started();
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
async function nativeRuntime(): Promise<Finding> {
  const finding = (ok: boolean, text: string): Finding => ({ id: 'baseline', ok, text: `Native baseline: ${text}` });
  try {
    const native = await startNativeBaseline({ modelPath: '', inputs: [], threads: 1 });
    await native.close();
    return finding(true, `onnxruntime-node ${native.version}${inFolder('onnxruntime-node')}`);
  } catch (error) {
    return finding(false, (error as Error).message);
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
