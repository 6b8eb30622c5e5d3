import type { CauseId } from '../../../analyzers/partition/causes/index.js';
import type { GpuPlan } from './gpuPlan.js';

/** A plant in the page, and what it must be found as. */
export interface GpuPlanting extends Omit<GpuPlan, 'iterations'> {
  /** In words, for the table. */
  readonly title: string;
  /** What must grow by the amount, together; the first is what it is. */
  readonly causes: readonly [CauseId, ...CauseId[]];
}

/** What a round trip has the GPU process do for the answer, and the bytes of it, are causes of their own. */
const roundTrip = ['gpu.sync', 'gpu.validate', 'gpu.transfer'] as const;
/** What the GPU process does with the bytes bears no name of its own in Dawn's slices. */
const upload = ['gpu.transfer', 'gpu.validate'] as const;
/** A program is given back, too: what the GPU process does to take it apart bears no name of its own in ANGLE's slices. */
const programAnew = ['gpu.compile', 'gpu.validate'] as const;

/** What is planted in every odd window. */
export const gpuPlantings: readonly GpuPlanting[] = [
  { backend: 'webgpu', title: 'a pipeline made anew', plant: 'newPipeline', amount: 120, causes: ['gpu.compile'] },
  { backend: 'webgpu', title: '96 MB written to a buffer', plant: 'uploadToBuffer', amount: 96, causes: upload },
  { backend: 'webgpu', title: 'a long dispatch', plant: 'longDispatch', amount: 20, causes: ['gpu.execute'] },
  { backend: 'webgl', title: '`getError` after every operator', plant: 'askingForErrors', amount: 1, causes: roundTrip },
  { backend: 'webgl', title: '`readPixels` after every operator', plant: 'readingPixels', amount: 1, causes: roundTrip },
  { backend: 'webgl', title: 'a program made anew', plant: 'newProgram', amount: 400, causes: programAnew },
  { backend: 'webgl', title: '96 MB written to a texture', plant: 'uploadToTexture', amount: 96, causes: upload },
  { backend: 'webgl', title: 'a long draw', plant: 'longDraw', amount: 20, causes: ['gpu.execute'] },
  { backend: 'webgl', title: 'a long draw of another context', plant: 'secondContext', amount: 20, causes: ['contention.page'] },
];
