import type { Configuration } from '../../../analyzers/study/studyAnalysis.js';

const FRAMEWORKS: Readonly<Record<Configuration['framework'], string>> = { ort: 'ORT', tfjs: 'TF.js' };
const BACKENDS: Readonly<Record<Configuration['backend'], string>> = { wasm: 'Wasm', webgl: 'WebGL', webgpu: 'WebGPU' };

/** Framework and backend as the paper's tables name them: "ORT Wasm", "TF.js WebGL". */
export function configurationName({ framework, backend }: Pick<Configuration, 'framework' | 'backend'>): string {
  return `${FRAMEWORKS[framework]} ${BACKENDS[backend]}`;
}
