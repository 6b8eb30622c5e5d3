import { predictionEstimate } from './predictionEstimate.js';
import { reduction } from './reduction.js';
import type { AblationRow, Reduction, ReductionId, RoundsEstimate } from './studyAnalysis.js';
import type { CellRuns } from './studyCells.js';

/**
 * What threads and SIMD bring on Wasm: a row for each model, framework, place and number of threads of which a study has at least
 * two of the four combinations. A framework that leaves no choice of SIMD has it on.
 */
export function ablationTable(cells: readonly CellRuns[]): AblationRow[] {
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
