import type { StudyCell } from '../../src/bundle/study.js';
import type { CloseLook, StudyInput, StudyRunInput } from './studyInput.js';

export interface CellFacts extends StudyCell {
  /** The model's title; its name in the study where no run has a title. */
  readonly modelTitle: string;
  /** Null where no run has it. */
  readonly modelBytes: number | null;
  /** `differ` if the outputs of any run differ from native's; `unchecked` where none was compared. */
  readonly outputs: 'agree' | 'differ' | 'unchecked';
  /** Whether the CPU did the GPU's work; null on CPU backends, or where the browser does not tell. */
  readonly softwareGpu: boolean | null;
}

/** A cell with everything that is known about it. */
export interface CellRuns {
  readonly facts: CellFacts;
  /** Ordered by round. */
  readonly runs: readonly StudyRunInput[];
  readonly close: CloseLook | null;
}

/** The study's cells in its own order, each with its readable runs. */
export function studyCells({ study, runs, close }: StudyInput): CellRuns[] {
  return study.cells.map((cell) => {
    const own = runs.filter((run) => run.cell === cell.id).sort((a, b) => a.round - b.round);
    const model = own[0]?.manifest.workload.model;
    const look = close.find((each) => each.cell === cell.id) ?? null;
    return {
      facts: {
        ...cell,
        modelTitle: model?.title || cell.model,
        modelBytes: model?.bytes ?? null,
        outputs: outputsOf(own),
        softwareGpu: cell.backend === 'wasm' ? null : (look?.softwareGpu ?? softwareByBrowser(own, cell.backend)),
      },
      runs: own,
      close: look,
    };
  });
}

function outputsOf(runs: readonly StudyRunInput[]): CellFacts['outputs'] {
  const checks = runs.flatMap(({ manifest }) => manifest.outputs ?? []);
  if (checks.length === 0) return 'unchecked';
  return checks.every(({ match }) => match) ? 'agree' : 'differ';
}

function softwareByBrowser(runs: readonly StudyRunInput[], backend: 'webgl' | 'webgpu'): boolean | null {
  const browser = runs.find(({ manifest }) => manifest.browser)?.manifest.browser;
  const state = browser?.[backend] ?? null;
  if (state === 'software' || state === 'hardware') return state === 'software';
  return browser?.softwareRendering ?? null;
}
