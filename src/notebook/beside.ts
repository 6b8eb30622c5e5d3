import type { Analysis } from '../../analyzers/index.js';
import { quotedPrediction } from '../../analyzers/latency/quotedPrediction.js';
import { causeIds, causes } from '../../analyzers/partition/causes/index.js';
import type { PartitionRow } from '../../analyzers/partition/partitionChart.js';
import { inertText } from '../text/inertText.js';

/** Analyses by the name that a notebook gives them. */
export type Named = Readonly<Record<string, Analysis>>;

/** One analysis beside others; times are ms, null is not known. */
export interface BesideRow {
  readonly name: string;
  readonly model: string;
  /** Median of the timing pass (of a watched page: under the trace), and its 95 % interval. */
  readonly predictionMs: number | null;
  readonly lowMs: number | null;
  readonly highMs: number | null;
  readonly setupMs: number | null;
  readonly warmupMs: number | null;
  readonly nativeMs: number | null;
  /** Browser over native. */
  readonly ratio: number | null;
  /** The most that the page held, bytes. */
  readonly heldBytes: number | null;
}

/** A row for each analysis: `Inputs.table(beside({ before, after }))`. */
export function beside(analyses: Named): BesideRow[] {
  return Object.entries(analyses).map(([name, analysis]) => {
    const { run, page, source, latency, gap, memory } = analysis;
    const prediction = quotedPrediction(analysis)?.prediction ?? null;
    return {
      name,
      model: inertText(run?.modelTitle || run?.model || page?.title || source.name, 80),
      predictionMs: prediction?.medianMs ?? null,
      lowMs: prediction?.ci95Ms[0] ?? null,
      highMs: prediction?.ci95Ms[1] ?? null,
      setupMs: latency?.setupMs ?? null,
      warmupMs: latency?.warmupMs ?? null,
      nativeMs: gap?.nativeMs ?? null,
      ratio: gap?.ratio ?? null,
      heldBytes: memory?.held?.peakBytes ?? null,
    };
  });
}

/** The causes of each analysis as rows of `partitionChart(rows, "ms", …)`; analyses without windows are left out. */
export function partitionRows(analyses: Named): PartitionRow[] {
  return Object.entries(analyses).flatMap(([label, { partition }]) =>
    partition ? [{ label, causes: partition.causes, length: partition.typical.ms }] : [],
  );
}

/** A row for each cause, with its ms of a typical prediction in each analysis by the analysis’ name, 0 where it has no time; the largest first. */
export function causesBeside(analyses: Named): readonly Readonly<Record<string, string | number>>[] {
  const split = Object.entries(analyses).flatMap(([name, { partition }]) =>
    partition ? [{ name, times: new Map(partition.causes.map(({ id, ms }) => [id, ms])) }] : [],
  );
  const largest = (id: string): number => Math.max(...split.map(({ times }) => times.get(id) ?? 0));
  return causeIds
    .filter((id) => split.some(({ times }) => times.has(id)))
    .sort((a, b) => largest(b) - largest(a))
    .map((id) => ({
      cause: id,
      title: causes[id].title,
      ...Object.fromEntries(split.map(({ name, times }) => [name, times.get(id) ?? 0])),
    }));
}
