import type { Baseline, Manifest } from '../../src/bundle/manifest.js';
import type { Study } from '../../src/bundle/study.js';
import type { Analysis } from '../index.js';

/** All inputs of a study's results, as `loadStudy` reads them from disk. */
export interface StudyInput {
  /** Folder as the user named it. */
  readonly name: string;
  readonly toolVersion: string;
  readonly study: Study;
  /** Finished runs whose bundle could be read. */
  readonly runs: readonly StudyRunInput[];
  /** Finished runs whose bundle could not be read. */
  readonly unreadable: readonly { readonly cell: string; readonly round: number; readonly problem: string }[];
  /** Runs whose latencies could be read, but not their trace. */
  readonly unsplit: readonly { readonly cell: string; readonly round: number; readonly problem: string }[];
  /** One run of each cell that is analyzed in full: the first that was recorded with a trace. */
  readonly close: readonly CloseLook[];
}

export interface StudyRunInput {
  readonly cell: string;
  readonly round: number;
  readonly manifest: Manifest;
  readonly baseline: Baseline | null;
}

/**
 * The small parts of a run's analysis that a study's tables need. Whole analyses of hundreds of runs would take too much memory.
 */
export interface CloseLook
  extends Pick<Analysis, 'partition' | 'memory' | 'qoe' | 'accuracy' | 'kernelTotals' | 'placement' | 'notes'> {
  readonly cell: string;
  readonly round: number;
  /** Whether the page reported a software GPU; null where no log of it was kept. */
  readonly softwareGpu: boolean | null;
}
