import type { Manifest } from '../../src/bundle/manifest.js';
import type { StudyRunInput } from './studyInput.js';

/** What one fresh browser measured, and native beside it; a round of a study is one such, or several where its run repeats itself. */
export interface Process {
  /** Of the study. */
  readonly round: number;
  readonly setupMs: number | null;
  readonly warmupMs: number | null;
  /** Rounds of the timing pass, in which browser and native ran in turn. */
  readonly rounds: Manifest['timingPass']['rounds'];
}

/** The processes of a cell's runs, by round; latencies of their timing passes alone. */
export function processes(runs: readonly StudyRunInput[]): Process[] {
  return runs.flatMap(({ round, manifest: { timingPass } }) => {
    const replicates = [...new Set(timingPass.rounds.map(({ replicate }) => replicate))];
    const known = Math.max(replicates.length, timingPass.setups.length, timingPass.setupMs === null ? 0 : 1);
    return Array.from({ length: known }, (_, place) => ({
      round,
      setupMs: timingPass.setups[place]?.setupMs ?? (known === 1 ? timingPass.setupMs : null),
      warmupMs: timingPass.setups[place]?.warmupMs ?? (known === 1 ? timingPass.warmupMs : null),
      rounds: timingPass.rounds.filter(({ replicate }) => replicate === replicates[place]),
    }));
  });
}
