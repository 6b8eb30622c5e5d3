import type { TopLevelSpec } from 'vega-lite';
import type { Gap } from '../../../analyzers/gap/gap.js';
import type { Analysis } from '../../../analyzers/index.js';
import { quotedPrediction } from '../../../analyzers/latency/view.js';
import { causePaint } from '../../../analyzers/partition/causes/index.js';
import { inertText } from '../../text/inertText.js';
import { type Chart, LITERAL_COLOUR } from '../../view/chart.js';
import { formatCi95, formatCount, formatInterval, formatMs, formatRatio, formatShare, MISSING } from '../../view/format.js';
import { BROWSER_FILL, NATIVE_FILL } from '../../view/palette.js';
import { type Html, html, prose } from '../html.js';
import { dataTable } from './dataTable.js';
import { code, swatch } from './names.js';
import type { Section } from './section.js';

/**
 * The gap to native, and the effect of each factor where a ladder was measured. The colour of an effect is that of its rung’s
 * family.
 */
export const gapSection: Section = {
  id: 'gap',
  title: 'Gap to native',
  render(analysis, page) {
    const { gap } = analysis;
    if (!gap) return null;
    const quoted = quotedPrediction(analysis);
    const gapMs = quoted ? quoted.prediction.medianMs - gap.nativeMs : null;
    const size = gapMs === null ? '' : ` The gap is ${formatMs(gapMs)}.`;
    const text = `Native is ${inertText(gap.baseline)}: ${formatMs(gap.nativeMs)} (${formatCi95(gap.nativeCi95Ms, gap.nativeMs)}).${size} The browser takes ${formatRatio(gap.ratio)} as long (${formatCi95(gap.ratioCi95, gap.ratio)}).`;
    if (gap.effects.length === 0) {
      return html`<p>${prose(text)}</p>
${otherSentences(gap)}
<p>What single factors contribute was not measured; that takes a ladder, a chain of runs that differ in one factor each.</p>`;
    }
    return html`<p>${prose(text)}</p>
${otherSentences(gap)}
${page.figure(effectsChart(analysis, gap), html`<p>Each bar starts where the one above it ended; thin lines are 95&nbsp;% intervals of the single effect.</p>`)}
${dataTable<Gap['effects'][number]>(
  'Effects, each from an interleaved pair of runs',
  [
    { head: 'Effect', cell: (effect) => html`${swatch(effect.alias)}${inertText(effect.title)} ${code(effect.id, 60)}` },
    { head: 'Time', numeric: true, cell: (effect) => formatMs(effect.ms) },
    { head: '95 % interval', numeric: true, cell: (effect) => formatInterval(effect.ci95Ms, effect.ms, 'ms') },
    {
      head: 'Of the gap',
      numeric: true,
      cell: (effect) => formatShare(gapMs === null || gapMs === 0 ? null : effect.ms / gapMs),
    },
    {
      head: 'What to do, and how it was measured',
      cell: (effect) => html`${inertText(effect.advice, 300)} <small>${inertText(effect.evidence, 300)}</small>`,
    },
  ],
  gap.effects,
)}
${scalingTable(gap)}
${besideSentences(gap)}`;
  },
};

/** Ratios to the other native runs. The gap itself has one baseline only. */
function otherSentences({ others }: Gap): Html[] {
  return others.map(({ baseline, nativeMs, nativeCi95Ms, ratio, ratioCi95 }) => {
    const text = `Beside it, ${inertText(baseline)} takes ${formatMs(nativeMs)} (${formatCi95(nativeCi95Ms, nativeMs)}); the browser takes ${formatRatio(ratio)} as long as that (${formatCi95(ratioCi95, ratio)}).`;
    return html`<p>${prose(text)}</p>`;
  });
}

function scalingTable({ scaling }: Gap): Html | null {
  if (scaling.length === 0) return null;
  return dataTable<Gap['scaling'][number]>(
    'The page as used, by number of threads',
    [
      { head: 'Threads', numeric: true, cell: ({ threads }) => formatCount(threads) },
      { head: 'Prediction', numeric: true, cell: ({ medianMs }) => formatMs(medianMs) },
      { head: '95 % interval', numeric: true, cell: ({ ci95Ms, medianMs }) => formatInterval(ci95Ms, medianMs, 'ms') },
      { head: 'Faster than one', numeric: true, cell: ({ speedup }) => formatRatio(speedup) },
      { head: 'Efficiency', numeric: true, cell: ({ efficiency }) => formatShare(efficiency) },
      {
        head: '95 % interval',
        numeric: true,
        cell: ({ threads, efficiency, efficiencyCi95: [low, high] }) =>
          threads === 1 ? MISSING : `${formatInterval([low * 100, high * 100], efficiency * 100)} %`,
      },
    ],
    scaling,
  );
}

/** The side runs, without other numbers of threads, which are in the table. */
function besideSentences({ beside, scaling }: Gap): Html | null {
  const shown = beside.filter(({ id }) => !scaling.some(({ threads }) => id === `threads.${threads}`));
  if (shown.length === 0) return null;
  const items = shown.map(
    (run) =>
      html`<li>${inertText(run.title, 80)} ${code(run.id, 60)}: ${prose(inertText(run.advice, 300))} <small>${inertText(run.evidence, 300)}</small></li>`,
  );
  return html`<p>Not part of the gap, but run beside it:</p>
<ul>${items}</ul>`;
}

/** From native to browser as a waterfall: each effect starts where the one above it ended; lines are 95 % intervals. */
function effectsChart(analysis: Analysis, gap: Gap): Chart {
  let at = gap.nativeMs;
  const steps = gap.effects.map((effect) => {
    const from = at;
    at += effect.ms;
    return {
      step: inertText(effect.id, 32),
      from,
      to: at,
      low: from + effect.ci95Ms[0],
      high: from + effect.ci95Ms[1],
      fill: causePaint(effect.alias).fill,
      time: formatMs(effect.ms),
      interval: formatInterval(effect.ci95Ms, effect.ms),
    };
  });
  const end = (step: string, ms: number, interval: string, fill: string) => {
    return { step, from: 0, to: ms, low: null, high: null, fill, time: formatMs(ms), interval };
  };
  const quoted = quotedPrediction(analysis)?.prediction;
  const browser = quoted ? [end('Browser', quoted.medianMs, formatInterval(quoted.ci95Ms, quoted.medianMs), BROWSER_FILL)] : [];
  const native = end('Native', gap.nativeMs, formatInterval(gap.nativeCi95Ms, gap.nativeMs), NATIVE_FILL);
  const values = [native, ...steps, ...browser].map((row, place) => ({
    ...row,
    place,
    right: Math.max(row.from, row.to, row.high ?? 0),
  }));
  const lowest = Math.min(0, ...values.map((row) => row.low ?? row.from));
  const domain = [lowest, Math.max(...values.map((row) => row.right))];
  // Leaves room for the number at the end of the longest bar.
  const range = [0, { expr: 'width - 64' }];
  const x = {
    type: 'quantitative',
    scale: { domain, nice: false, range },
    axis: { title: 'ms', grid: true, tickCount: 6 },
  } as const;
  const spec: TopLevelSpec = {
    data: { values },
    height: { step: 32 },
    encoding: {
      y: { field: 'step', type: 'nominal', sort: { field: 'place' }, axis: { title: null } },
      tooltip: [
        { field: 'step', title: 'Effect' },
        { field: 'time', title: 'Time' },
        { field: 'interval', title: '95 %' },
      ],
    },
    layer: [
      {
        mark: { type: 'bar', height: { band: 0.66 } },
        encoding: { x: { field: 'from', ...x }, x2: { field: 'to' }, color: { field: 'fill', ...LITERAL_COLOUR } },
      },
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', strokeWidth: 1.5, color: 'currentColor' },
        encoding: { x: { field: 'low', ...x }, x2: { field: 'high' } },
      },
      {
        mark: { type: 'text', align: 'left', dx: 8, fontSize: 12, color: 'currentColor' },
        encoding: { x: { field: 'right', ...x }, text: { field: 'time' } },
      },
    ],
  };
  const summary = steps.map((step) => `${step.step} ${step.time}`).join(', ') || MISSING;
  return { spec, alt: `From native ${formatMs(gap.nativeMs)} to the browser, one effect at a time: ${summary}.` };
}
