import { gpuDevice } from '../../analyzers/gpu/words.js';
import type { Analysis } from '../../analyzers/index.js';
import { inertText } from '../text/inertText.js';
import { formatPlural } from '../view/format.js';

const FRAMEWORKS: Readonly<Record<string, string>> = { ort: 'ONNX Runtime Web', tfjs: 'TensorFlow.js' };

/** What was run, in a few words: the model, the title of a watched page, or the file where neither is known. */
export function subjectTitle({ run, page, source }: Analysis): string {
  if (page) return inertText(page.title || page.url, 80);
  return inertText(run ? run.modelTitle || run.model : baseName(source.name), 80);
}

/**
 * The options of the run: "ONNX Runtime Web 1.30.0, wasm, 1 thread, in a worker". A GPU run adds the device and names software
 * rendering. A watched page has its address and how it was watched. Empty where neither is known.
 */
export function subjectDetails(analysis: Analysis): string {
  const { run, page, browser } = analysis;
  if (page) {
    const how = page.opened === 'launched' ? 'launched' : page.fromStart ? 'attached and loaded anew' : 'attached while it ran';
    const where = browser ? [inertText(browser.product.replace('/', ' '), 60)] : [];
    const ended = page.ended === null ? [] : [`recorded ${inertText(page.ended, 60)}`];
    return [inertText(page.url, 80), how, ...ended, ...where].join(', ');
  }
  if (!run) return browser ? inertText(browser.product.replace('/', ' '), 60) : '';
  const framework = Object.hasOwn(FRAMEWORKS, run.framework) ? FRAMEWORKS[run.framework]! : inertText(run.framework, 40);
  return [
    `${framework} ${inertText(run.frameworkVersion, 20)}`.trim(),
    `${inertText(run.backend, 20)}${device(analysis)}`,
    ...(run.simd === false ? ['without SIMD'] : []),
    formatPlural(run.threads, 'thread'),
    run.on === 'worker' ? 'in a worker' : 'on the main thread',
    ...(browser ? [inertText(browser.product.replace('/', ' '), 60)] : []),
  ].join(', ');
}

function device(analysis: Analysis): string {
  const ran = gpuDevice(analysis);
  return ran ? ` on ${ran.name}${ran.software ? ' (software rendering)' : ''}` : '';
}

/** The last part of a path, as a name for what is there. */
export function baseName(path: string): string {
  const name = path.split(/[\\/]/).filter(Boolean).at(-1) ?? '';
  return name === '' ? 'trace' : name;
}
