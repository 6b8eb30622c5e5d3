import type { GpuAbilities } from '../../../collectors/browser/gpuAbilities.js';

/** What "trace doctor" says of the GPU, in one line. */
export function gpuFinding({ facts, webgl, webgpu, timesWebgl, timesWebgpu }: GpuAbilities): {
  readonly id: 'gpu';
  readonly ok: boolean;
  readonly text: string;
} {
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
