import type { Manifest } from '../../src/bundle/manifest.js';
import { gpuApi, gpuRealmsOnTrace } from '../activity/gpu/realm.js';
import { fact, trace } from '../input.js';
import { split } from '../partition/splitWindows.js';
import { type Note, question, warning } from '../question.js';
import { foundWindows } from '../windows/index.js';
import { type GpuUse, gpuUse } from './gpuUse.js';
import { view } from './view.js';

const use = fact('gpu', (get) =>
  gpuUse(get(trace), get(foundWindows), get(gpuRealmsOnTrace), get(split).gpu, get.input.manifest),
);

/** What the page asked of the GPU. */
export const gpu = question({
  facts: {
    /** Null where no log was kept. */
    gpu: use,
  },
  notes: (get) => {
    const { manifest } = get.input;
    return manifest ? gpuNotes(manifest, get.maybe(use)) : [];
  },
  view,
});

/** Whether a run that asked for a GPU backend got it. Frameworks fall back to the CPU without saying so. */
export function gpuNotes({ workload }: Pick<Manifest, 'workload'>, used: GpuUse | null): Note[] {
  const api = gpuApi(workload.backend);
  return api === null ? [] : neverRan(used, api);
}

function neverRan(used: GpuUse | null, api: string): Note[] {
  if (used?.phases.predictions?.dispatches !== 0) return [];
  const text = `${api} was asked for, but no prediction started anything on it: what ran, ran on the CPU.`;
  return [warning('gpu-never-ran', text)];
}
