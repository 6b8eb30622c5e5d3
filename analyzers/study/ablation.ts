import { geometricMean, mean, median } from 'simple-statistics';
import type { StudyCell } from '../../src/bundle/study.js';
import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import { studentInterval } from '../../src/stats/studentInterval.js';
import type { CellRuns } from './cells.js';
import { predictionEstimate, type RoundsEstimate } from './estimates.js';
import type { StudyRunInput } from './studyInput.js';

export interface AblationTable {
  readonly rows: readonly AblationRow[];
  readonly summaries: readonly AblationSummary[];
}

/** One model and framework on Wasm, with and without threads and SIMD; null where no cell ran that way. */
export interface AblationRow {
  readonly model: string;
  readonly modelTitle: string;
  readonly framework: StudyCell['framework'];
  readonly on: StudyCell['on'];
  /** The number of threads that "threads" stands for. */
  readonly threads: number | null;
  readonly neitherMs: RoundsEstimate | null;
  readonly threadsMs: RoundsEstimate | null;
  readonly simdMs: RoundsEstimate | null;
  readonly bothMs: RoundsEstimate | null;
  /** The part of the latency that goes away, as a share of it; rounds are paired. */
  readonly reductions: readonly Reduction[];
  /** Whether the outputs of a cell behind the row differ from native. */
  readonly outputsDiffer: boolean;
}

/** `threads`, `simd` and `both` are compared with neither; `threadsBesideSimd` compares both with SIMD alone. */
export const reductionIds = ['threads', 'simd', 'both', 'threadsBesideSimd'] as const;
export type ReductionId = (typeof reductionIds)[number];

export interface Reduction {
  readonly id: ReductionId;
  readonly share: RoundsEstimate;
}

/** Over models: the geometric mean of the remaining latency, as a reduction. */
export interface AblationSummary {
  readonly framework: StudyCell['framework'];
  readonly on: StudyCell['on'];
  readonly threads: number | null;
  readonly id: ReductionId;
  readonly models: number;
  readonly share: number;
}

/**
 * What threads and SIMD gain on Wasm. A row for each model, framework, place and number of threads for which a study has at least
 * two of the four combinations. A framework without a choice of SIMD has it on.
 */
export function ablationTable(cells: readonly CellRuns[]): AblationTable {
  const rows = rowsOf(cells);
  return { rows, summaries: summariesOf(rows) };
}

function rowsOf(cells: readonly CellRuns[]): AblationRow[] {
  const wasm = cells.filter(({ facts, runs }) => facts.backend === 'wasm' && runs.length > 0);
  const subjects = new Map(wasm.map((cell) => [subjectOf(cell), cell]));
  return [...subjects].flatMap(([subject, { facts }]) => {
    const own = wasm.filter((cell) => subjectOf(cell) === subject);
    const counts = [...new Set(own.map((cell) => cell.facts.threads))].filter((threads) => threads > 1).sort((a, b) => a - b);
    return (counts.length > 0 ? counts : [null]).flatMap((threads) => {
      const variant = (count: number | null, simd: boolean) =>
        own.find((cell) => cell.facts.threads === count && (cell.facts.simd ?? true) === simd) ?? null;
      const variants = {
        neither: variant(1, false),
        threads: variant(threads, false),
        simd: variant(1, true),
        both: variant(threads, true),
      };
      const present = Object.values(variants).filter((cell) => cell !== null);
      if (present.length < 2) return [];
      return [
        {
          model: facts.model,
          modelTitle: facts.modelTitle,
          framework: facts.framework,
          on: facts.on,
          threads,
          neitherMs: prediction(variants.neither),
          threadsMs: prediction(variants.threads),
          simdMs: prediction(variants.simd),
          bothMs: prediction(variants.both),
          reductions: [
            ...step('threads', variants.neither, variants.threads),
            ...step('simd', variants.neither, variants.simd),
            ...step('both', variants.neither, variants.both),
            ...step('threadsBesideSimd', variants.simd, variants.both),
          ],
          outputsDiffer: present.some((cell) => cell.facts.outputs === 'differ'),
        },
      ];
    });
  });
}

const subjectOf = ({ facts: { model, framework, on } }: CellRuns): string => JSON.stringify([model, framework, on]);

const prediction = (cell: CellRuns | null): RoundsEstimate | null => cell && predictionEstimate(cell.runs);

function step(id: ReductionId, from: CellRuns | null, to: CellRuns | null): Reduction[] {
  const share = from && to && reduction(from.runs, to.runs);
  return share ? [{ id, share }] : [];
}

/**
 * Reductions over the models of each framework: the geometric mean of the remaining prediction latency. Rows whose outputs differ
 * from native are left out.
 */
function summariesOf(rows: readonly AblationRow[]): AblationSummary[] {
  const groups = new Map<string, AblationRow[]>();
  for (const row of rows.filter(({ outputsDiffer }) => !outputsDiffer)) {
    const key = JSON.stringify([row.framework, row.on, row.threads]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((own) =>
    reductionIds.flatMap((id) => {
      const left = own.flatMap(({ reductions }) =>
        reductions.filter((each) => each.id === id).map(({ share }) => 1 - share.value),
      );
      if (left.length === 0) return [];
      const { framework, on, threads } = own[0]!;
      return [{ framework, on, threads, id, models: left.length, share: 1 - geometricMean(left) }];
    }),
  );
}

/**
 * The part of the prediction latency that goes away from one cell to another, as a share of it; negative if it grows. Compares
 * the quoted latencies of the rounds in which both ran. The interval is Student's, of the logarithms of each round's ratio; null
 * with fewer than three such rounds.
 * @returns null where no round ran both
 */
function reduction(from: readonly StudyRunInput[], to: readonly StudyRunInput[]): RoundsEstimate | null {
  const pairs = from.flatMap((before) => {
    const after = to.find(({ round }) => round === before.round);
    return after && timed([before]).length > 0 && timed([after]).length > 0 ? [{ before, after }] : [];
  });
  const [above, below] = [
    predictionEstimate(pairs.map(({ after }) => after)),
    predictionEstimate(pairs.map(({ before }) => before)),
  ];
  if (!above || !below) return null;
  const left = above.value / below.value;
  if (!enoughReplicates(pairs.length)) return { value: 1 - left, ci95: null };
  const logs = pairs.map(({ before, after }) => Math.log(median(timed([after]).flat()) / median(timed([before]).flat())));
  const [low, high] = studentInterval(logs);
  const gone = (end: number) => 1 - left * Math.exp(end - mean(logs));
  return { value: 1 - left, ci95: [gone(high), gone(low)] };
}

/** Predictions by round of the timing pass. */
function timed(runs: readonly StudyRunInput[]): (readonly number[])[] {
  return runs
    .flatMap(({ manifest }) => manifest.timingPass.rounds.map(({ browserMs }) => browserMs))
    .filter(({ length }) => length > 0);
}
