import type { Manifest } from '../../src/bundle/manifest.js';
import { gpuApi, gpuRealmsOnTrace } from '../activity/gpu/realm.js';
import { fact, manifest, trace } from '../input.js';
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
    /** Where the operators of a prediction ran, for a backend that may pass them on; null where the framework does not tell. */
    placement: fact('placement', (get) => get(manifest).placement ?? null),
  },
  notes: (get) => {
    const { manifest } = get.input;
    return manifest ? gpuNotes(manifest, get.maybe(use)) : [];
  },
  view,
});

/** Whether a run that asked for a GPU backend got it. Frameworks fall back to the CPU without saying so. */
export function gpuNotes({ workload, placement }: Pick<Manifest, 'workload' | 'placement'>, used: GpuUse | null): Note[] {
  const api = gpuApi(workload.backend);
  return api === null ? [] : [...placedElsewhere(placement, api), ...neverRan(used, api)];
}

const NAMED_OPERATORS = 4;

function placedElsewhere(placement: Manifest['placement'], api: string): Note[] {
  if (!placement || placement.elsewhere.length === 0) return [];
  const { elsewhere, onBackend, source } = placement;
  const count = elsewhere.reduce((sum, each) => sum + each.count, 0);
  const named = elsewhere.slice(0, NAMED_OPERATORS).map((each) => `${each.operator} ${each.count}`);
  const rest = elsewhere.length > NAMED_OPERATORS ? ', …' : '';
  const providers = [...new Set(elsewhere.map(({ provider }) => provider))].join(', ');
  return [
    warning(
      'placed-elsewhere',
      `${count} of ${count + onBackend} operators (${named.join(', ')}${rest}) ran on the ${providers}, not on ${api}, ${source}.`,
    ),
  ];
}

function neverRan(used: GpuUse | null, api: string): Note[] {
  if (used?.phases.predictions?.dispatches !== 0) return [];
  const text = `${api} was asked for, but no prediction started anything on it: what ran, ran on the CPU.`;
  return [warning('gpu-never-ran', text)];
}
