import type { MemoryPhaseId } from '../../src/bundle/memoryLog.js';

/** What the phases of the memory pass are called. */
export const phaseTitles: Readonly<Record<MemoryPhaseId, string>> = {
  blank: 'Blank page',
  load: 'Loading',
  setup: 'Setup',
  'warm-up': 'Warm-up',
  prediction: 'Predictions',
  dispose: 'Disposing',
  after: 'Afterwards',
};
