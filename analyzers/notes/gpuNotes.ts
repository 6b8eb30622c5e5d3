import type { Manifest } from '../../src/bundle/manifest.js';
import { gpuApi } from '../activity/gpu/realm.js';
import type { GpuUse } from '../gpu/gpuUse.js';
import type { Note } from '../note.js';

const NAMED_OPERATORS = 4;

/** Whether a run that asked for a GPU backend really had it: frameworks pass work to the CPU and say nothing. */
export function gpuNotes({ workload, placement }: Manifest, gpu: GpuUse | null): Note[] {
  const api = gpuApi(workload.backend);
  if (api === null) return [];
  const list: Note[] = [];
  if (placement && placement.elsewhere.length > 0) {
    const elsewhere = placement.elsewhere.reduce((sum, { count }) => sum + count, 0);
    const named = placement.elsewhere.slice(0, NAMED_OPERATORS).map(({ operator, count }) => `${operator} ${count}`);
    const rest = placement.elsewhere.length > NAMED_OPERATORS ? ', …' : '';
    const providers = [...new Set(placement.elsewhere.map(({ provider }) => provider))].join(', ');
    list.push({
      id: 'placed-elsewhere',
      level: 'warning',
      text: `${elsewhere} of ${elsewhere + placement.onBackend} operators (${named.join(', ')}${rest}) ran on the ${providers}, not on ${api}, ${placement.source}.`,
    });
  }
  const predictions = gpu?.phases.predictions;
  if (predictions && predictions.dispatches === 0) {
    list.push({
      id: 'gpu-never-ran',
      level: 'warning',
      text: `${api} was asked for, but no prediction started anything on it: what ran, ran on the CPU.`,
    });
  }
  return list;
}
