import type { Baseline, Manifest } from '../../src/bundle/manifest.js';
import type { Study } from '../../src/bundle/study.js';
import type { Analysis } from '../index.js';

/** All that a study's results are made from, as `loadStudy` reads it from disk. */
export interface StudyInput {
  /** Folder as the user named it. */
  readonly name: string;
  readonly toolVersion: string;
  readonly study: Study;
  /** Runs that are done and whose bundle could be read. */
  readonly runs: readonly StudyRunInput[];
  /** Runs that are done and whose bundle could not be read. */
  readonly unreadable: readonly { readonly cell: string; readonly round: number; readonly problem: string }[];
  /** Runs whose latencies could be read, and whose trace could not. */
  readonly unsplit: readonly { readonly cell: string; readonly round: number; readonly problem: string }[];
  /** One run of each cell looked at closely: the first that was recorded with a trace. */
  readonly close: readonly CloseLook[];
}

export interface StudyRunInput {
  readonly cell: string;
  readonly round: number;
  readonly manifest: Manifest;
  readonly baseline: Baseline | null;
}

/** The small parts of a run's analysis that a study's tables need; a whole one holds too much for hundreds of runs. */
export interface CloseLook extends Pick<Analysis, 'partition' | 'memory' | 'kernelTotals' | 'placement' | 'notes'> {
  readonly cell: string;
  readonly round: number;
  /** What the page said of its GPU; null where no log of it was kept. */
  readonly softwareGpu: boolean | null;
}
