import type { Analysis } from '../../../analyzers/index.js';
import type { Interval } from '../../stats/interval.js';
import { formatInterval, formatMs, formatRatio, MISSING } from '../../view/format.js';
import { phasesChart } from '../charts/phasesChart.js';
import { samplesChart } from '../charts/samplesChart.js';
import { type Html, html, prose } from '../html.js';
import { type Column, dataTable } from './dataTable.js';
import type { Section } from './section.js';

/** The three latencies, timed and traced, beside native. */
export const latencySection: Section = {
  id: 'latency',
  title: 'Latency',
  render(analysis, page) {
    const { latency } = analysis;
    if (!latency) return null;
    if (analysis.page) {
      const samples = samplesChart(analysis);
      return html`${dataTable(
        'Latency by phase',
        columns.slice(0, 2).map((column, i) => (i === 1 ? { ...column, head: 'While recording' } : column)),
        rows(analysis),
      )}
${samples && page.figure(samples, html`<p>Every inference but the first ones, one tick each; the dot is the median, the line its 95&nbsp;% interval.</p>`)}`;
    }
    const phases = phasesChart(analysis);
    const samples = samplesChart(analysis);
    return html`${dataTable('Latency by phase', columns, rows(analysis))}
${samples && page.figure(samples, html`<p>Every prediction measured, one tick each; the dot is the median, the line its 95&nbsp;% interval.</p>`)}
${phases && page.figure(phases, html`<p>The three phases; circles are the browser, diamonds native.</p>`)}`;
  },
};

interface Row {
  readonly phase: string;
  readonly timed: Measured;
  readonly traced: Measured;
  readonly native: Measured;
}

interface Measured {
  readonly ms: number | null;
  readonly ci: Interval | null;
}

const columns: readonly Column<Row>[] = [
  { head: 'Phase', cell: (row) => row.phase },
  { head: 'Browser, timing pass', numeric: true, cell: (row) => measured(row.timed) },
  { head: 'Browser, trace pass', numeric: true, cell: (row) => measured(row.traced) },
  { head: 'Native', numeric: true, cell: (row) => measured(row.native) },
  {
    head: 'Browser over native',
    numeric: true,
    cell: ({ timed, native }) => (timed.ms && native.ms ? formatRatio(timed.ms / native.ms) : MISSING),
  },
];

function rows({ latency, gap }: Analysis): readonly Row[] {
  const single = (ms: number | null | undefined): Measured => ({ ms: ms ?? null, ci: null });
  const { prediction, settling, traced } = latency!;
  return [
    { phase: 'Setup', timed: single(latency!.setupMs), traced: single(traced.setupMs), native: single(gap?.nativeSetupMs) },
    { phase: 'Warm-up', timed: single(latency!.warmupMs), traced: single(traced.warmupMs), native: single(gap?.nativeWarmupMs) },
    ...(settling
      ? [{ phase: 'First prediction after it', timed: single(settling.firstMs), traced: single(null), native: single(null) }]
      : []),
    {
      phase: 'Prediction',
      timed: { ms: prediction?.medianMs ?? null, ci: prediction?.ci95Ms ?? null },
      traced: { ms: traced.prediction?.medianMs ?? null, ci: traced.prediction?.ci95Ms ?? null },
      native: { ms: gap?.nativeMs ?? null, ci: gap?.nativeCi95Ms ?? null },
    },
  ];
}

function measured({ ms, ci }: Measured): Html {
  return ms !== null && ci
    ? html`${prose(formatMs(ms))}<br><span class="more">${formatInterval(ci, ms)}</span>`
    : html`${prose(formatMs(ms))}`;
}
