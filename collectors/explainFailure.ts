import type { Manifest } from '../src/bundle/manifest.js';
import { frameworks } from './frameworks.js';
import { gpuApiTitles, HarnessError } from './harness/failure.js';

const ORIGINAL_LIMIT = 300;

/** Why a run failed and what to try, if the page knows the cause; otherwise the error's own message. */
export function explainFailure(error: Error, { workload, browser }: Pick<Manifest, 'workload' | 'browser'>): string {
  if (!(error instanceof HarnessError)) return error.message;
  const { failure, during } = error;
  const model = workload.model.name;
  const { title, backends } = frameworks[workload.framework as keyof typeof frameworks];
  const others = backends.filter((backend) => backend !== workload.backend && !isOff(backend, browser));
  const said = `\n  ${title} said: ${error.message.slice(0, ORIGINAL_LIMIT)}`;
  switch (failure.kind) {
    case 'operator': {
      const able = failure.runsOn.filter((backend) => backend !== workload.backend && !isOff(backend, browser));
      const advice =
        able.length > 0
          ? `Try ${choice(able)}, which ${able.length > 1 ? 'have' : 'has'} it.`
          : failure.runsOn.length > 0
            ? `Its ${failure.runsOn.join(' and ')} backend has it, but this browser has that switched off: see chrome://gpu.`
            : 'None of its backends has it: try another framework, or export the model with other operators.';
      return `The ${workload.backend} backend of ${title} lacks the operator ${failure.operator}, which ${model} needs. ${advice}${said}`;
    }
    case 'lost': {
      const what = failure.api === 'webgpu' ? 'The WebGPU device' : 'The WebGL context';
      const why = failure.reason ? ` (the browser says: ${failure.reason.trim()})` : '';
      return `${what} was lost during ${during} of ${model}${why}: its GPU process ended, the driver was reset, or memory ran out. Run it again; if that repeats, try smaller inputs, ${choice(others)}, or a newer driver.${describeGpu(browser)}`;
    }
    case 'no-device': {
      const what = failure.api === 'webgpu' ? 'no WebGPU adapter' : 'no WebGL 2 context';
      return `This browser gives ${what}, so ${title} cannot run ${model} with --backend ${workload.backend}. Try ${choice(others)}, a newer graphics driver, or another browser in INFERSCOPE_CHROME; chrome://gpu says what it has switched off and why.${describeGpu(browser)}`;
    }
    case 'too-large':
      return `${model} needs more memory, or a larger buffer, than ${gpuApiTitles[failure.api]} gives on this device. Try smaller inputs (--input), or ${choice(others)}.${said}`;
    case 'wasm-memory': {
      const asked = failure.askedBytes === null ? '' : ` (it asked for ${mebibytes(failure.askedBytes)} at once)`;
      const fed = workload.inputs.map(({ name, shape }) => `${name}=${shape.join('x')}`).join(' ');
      return `${title} most likely ran out of Wasm’s memory, 4 GiB at most, during ${during} of ${model}${asked}, which was fed with ${fed}. Try smaller inputs (--input), smaller weights (float16 or quantized), or ${choice(others)}.${said}`;
    }
  }
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** Whether the browser has switched off what the backend needs. */
function isOff(backend: string, browser: Manifest['browser']): boolean {
  return (backend === 'webgl' || backend === 'webgpu') && browser?.[backend] === 'off';
}

const choice = (backends: readonly string[]): string => backends.map((backend) => `--backend ${backend}`).join(' or ');

/** The state of the GPU, as the browser's GPU process reports it. */
function describeGpu(browser: Manifest['browser']): string {
  if (!browser) return '';
  const parts = [
    browser.gpu,
    browser.driver && `driver ${browser.driver}`,
    browser.webgl && `WebGL: ${browser.webgl}`,
    browser.webgpu && `WebGPU: ${browser.webgpu}`,
  ].filter((part) => part !== null);
  return parts.length > 0 ? `\n  The browser’s GPU process says: ${parts.join('; ')}.` : '';
}
