import type { Placement } from '../../src/bundle/placement.js';
import type { StudyCell } from '../../src/bundle/study.js';
import type { Interval } from '../../src/stats/interval.js';
import type { MachineFacts } from '../machine/machine.js';
import type { MemoryPeak } from '../memory/memory.js';
import type { OperatorType } from '../operators/operators.js';
import type { CauseTime } from '../partition/partition.js';
import type { Note } from '../question.js';

/**
 * What `trace analyze <study> --json` prints and the study's report shows: one table per question, rows in the order of the study's
 * cells. Milliseconds everywhere, shares are fractions of 1, `…Ci95` are 95 % intervals [low, high], null means not measured.
 */
export interface StudyAnalysis {
  readonly schema: 'inferscope.study-analysis/1';
  readonly toolVersion: string;
  /** False while runs are missing. */
  readonly source: { readonly name: string; readonly complete: boolean };
  readonly study: StudyFacts;
  readonly machine: MachineFacts;
  /** Each product that ran some run: "Chrome/156.0"; more than one if the browser was changed in between. */
  readonly browsers: readonly string[];
  readonly cells: readonly CellFacts[];
  readonly latency: readonly LatencyRow[];
  readonly gap: { readonly rows: readonly GapRow[]; readonly summaries: readonly RatioSummary[] };
  readonly ablation: { readonly rows: readonly AblationRow[]; readonly summaries: readonly AblationSummary[] };
  readonly causes: readonly CausesRow[];
  readonly memory: readonly MemoryRow[];
  readonly kernels: readonly KernelsRow[];
  readonly failures: Failures;
  readonly warmup: { readonly rows: readonly WarmupRow[]; readonly summaries: readonly RatioSummary[] };
  readonly notes: readonly Note[];
}

export interface StudyFacts {
  readonly name: string;
  readonly description: string;
  readonly startedAt: string;
  readonly seed: number;
  readonly rounds: number;
  readonly toolVersion: string;
  /** How many runs are to be, and what has become of them. */
  readonly runs: { readonly planned: number; readonly done: number; readonly failed: number; readonly missing: number };
}

/** How a model was run: one column of the paper's tables. */
export interface Configuration extends Pick<StudyCell, 'framework' | 'backend' | 'threads' | 'simd' | 'on'> {}

export interface CellFacts extends StudyCell {
  /** The model's name for people; the name in the study where no run tells it. */
  readonly modelTitle: string;
  /** Null where no run tells it. */
  readonly modelBytes: number | null;
  /** `differ` if any run computed something else than native; `unchecked` where none was compared. */
  readonly outputs: 'agree' | 'differ' | 'unchecked';
  /** Whether the CPU did the GPU's work; null on the CPU's own backends, or where the browser does not tell. */
  readonly softwareGpu: boolean | null;
}

/** A number of a cell, over its rounds. */
export interface RoundsEstimate {
  readonly value: number;
  /** Null where fewer than three processes tell nothing of how they differ, and nothing inside them does. */
  readonly ci95: Interval | null;
}

/** Latency of a cell: medians of each fresh browser, averaged. */
export interface LatencyRow {
  readonly cell: CellFacts;
  readonly setupMs: RoundsEstimate | null;
  readonly warmupMs: RoundsEstimate | null;
  readonly predictionMs: RoundsEstimate | null;
  /** Fresh browsers, and predictions in all of them. */
  readonly rounds: number;
  readonly predictions: number;
}

/** A cell beside native, which ran in turn with it in the same run. */
export interface GapRow {
  readonly cell: CellFacts;
  readonly browserMs: RoundsEstimate;
  readonly nativeMs: RoundsEstimate;
  readonly ratio: RoundsEstimate;
  /** What native was: "onnxruntime-node 1.30.0, CPU, 2 threads". */
  readonly baseline: string;
  /** Over tfjs-node, where that ran beside an ONNX twin; null where it did not. */
  readonly tfjsNodeRatio: RoundsEstimate | null;
}

/** Ratios of one configuration over its models. */
export interface RatioSummary {
  readonly configuration: Configuration;
  readonly models: number;
  readonly geometricMean: number;
  readonly lowest: { readonly ratio: number; readonly model: string };
  readonly highest: { readonly ratio: number; readonly model: string };
}

/** One model and framework on Wasm, with and without threads and SIMD; null where no cell ran so. */
export interface AblationRow {
  readonly model: string;
  readonly modelTitle: string;
  readonly framework: StudyCell['framework'];
  readonly on: StudyCell['on'];
  /** How many "threads" stands for. */
  readonly threads: number | null;
  readonly neitherMs: RoundsEstimate | null;
  readonly threadsMs: RoundsEstimate | null;
  readonly simdMs: RoundsEstimate | null;
  readonly bothMs: RoundsEstimate | null;
  /** What goes away of the latency, as a share of it; rounds are paired. */
  readonly reductions: readonly Reduction[];
  /** Whether a cell behind it computed something else than native. */
  readonly outputsDiffer: boolean;
}

/** `threads`, `simd` and `both` are against neither; `threadsBesideSimd` is both against SIMD alone. */
export type ReductionId = 'threads' | 'simd' | 'both' | 'threadsBesideSimd';

export interface Reduction {
  readonly id: ReductionId;
  readonly share: RoundsEstimate;
}

/** The geometric mean of what is left, over models, as a reduction. */
export interface AblationSummary {
  readonly framework: StudyCell['framework'];
  readonly on: StudyCell['on'];
  readonly threads: number | null;
  readonly id: ReductionId;
  readonly models: number;
  readonly share: number;
}

/** Where a cell's time goes, from its traced run. */
export interface CausesRow {
  readonly cell: CellFacts;
  readonly round: number;
  readonly windows: number;
  readonly windowMedianMs: number;
  readonly causes: readonly Pick<CauseTime, 'id' | 'title' | 'medianMs' | 'share'>[];
  readonly unattributedShare: number;
  readonly placement: Placement | null;
}

export interface MemoryRow {
  readonly cell: CellFacts;
  readonly modelBytes: number;
  readonly live: MemoryPeak | null;
  readonly held: MemoryPeak | null;
  readonly process: MemoryPeak | null;
  readonly gpuProcess: MemoryPeak | null;
}

/** The types of operators that take the most time of a cell, five at most. */
export interface KernelsRow {
  readonly cell: CellFacts;
  /** The sum over all operators, natively too. */
  readonly ms: number;
  readonly nativeMs: number | null;
  /** Of a timed prediction. */
  readonly coverage: number | null;
  readonly types: readonly Pick<OperatorType, 'operator' | 'count' | 'ms' | 'share' | 'ratio'>[];
}

export interface Failures {
  /** Combinations that nothing can run. */
  readonly excluded: readonly { readonly cell: StudyCell; readonly reason: string }[];
  /** Cells with runs that failed, by reason. */
  readonly failed: readonly {
    readonly cell: CellFacts;
    readonly reason: string;
    readonly rounds: readonly number[];
    /** Runs of the cell that did succeed. */
    readonly done: number;
  }[];
  /** Rounds that have not run yet. */
  readonly missing: readonly { readonly cell: CellFacts; readonly rounds: readonly number[] }[];
}

/** The first inference over a later one, paired in each fresh browser. */
export interface WarmupRow {
  readonly cell: CellFacts;
  readonly setupMs: RoundsEstimate | null;
  readonly warmupMs: RoundsEstimate;
  readonly predictionMs: RoundsEstimate;
  readonly ratio: RoundsEstimate;
}
