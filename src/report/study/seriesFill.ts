import type { Configuration } from '../../../analyzers/study/studyAnalysis.js';

/** One hue per framework and backend, all of them fills of the page's palette, so that swatches have them too. */
const FILLS: Readonly<Record<string, string>> = {
  'ort wasm': '#0072b2',
  'tfjs wasm': '#e69f00',
  'ort webgl': '#6db5ea',
  'tfjs webgl': '#b36b00',
  'ort webgpu': '#009e73',
  'tfjs webgpu': '#cc79a7',
};

export function seriesFill({ framework, backend }: Pick<Configuration, 'framework' | 'backend'>): string {
  return FILLS[`${framework} ${backend}`]!;
}
