import type { BeforeTopTier } from '../../../analyzers/runtime/beforeTopTier.js';
import type { CompileRow, CompileUse } from '../../../analyzers/runtime/compile.js';
import { type CompileTier, compileTiers } from '../../../analyzers/runtime/compileSpans.js';
import { type GcKind, type GcRow, type GcUse, gcKinds } from '../../../analyzers/runtime/garbageCollection.js';
import type { GarbageMaker } from '../../../analyzers/runtime/garbageMakers.js';
import type { GlueFunction, GlueUse } from '../../../analyzers/runtime/glue.js';
import type { MemoryGrowth } from '../../../analyzers/runtime/memoryGrowth.js';
import { inertText } from '../../text/inertText.js';
import { lastPart } from '../../text/lastPart.js';
import type { Chart } from '../../view/chart.js';
import { formatBytes, formatCount, formatMs, formatPlural, formatShare, MISSING } from '../../view/format.js';
import { compileFill } from '../../view/palette.js';
import { stretchesChart, threadNames } from '../../view/stretchesChart.js';
import { type Html, type HtmlValue, html, prose } from '../html.js';
import { compileSentence, topTierSentence } from '../runtimeWords.js';
import { type Column, dataTable } from './dataTable.js';
import { code, fillSwatch, name } from './names.js';
import type { PageContext, Section } from './section.js';

const MOST_COMPILE_ROWS = 12;
/** Compile work below this share of the total has no row, unless the run waited for it. */
const MIN_COMPILE_SHARE = 0.001;
const MOST_FUNCTIONS = 12;
/** A kind of collection that took less time than this on a thread has no row. */
const MIN_GC_MS = 0.05;

/** The parts of the runtime's share: compiling, garbage collection, JavaScript, growing memory. */
export const runtimeSection: Section = {
  id: 'runtime',
  title: 'Runtime',
  render({ compile, gc, glue, memoryGrowth, partition }, page) {
    const parts = [
      compile && compilePart(compile, partition?.windows ?? 0, page),
      gc && gcPart(gc, page),
      glue && gluePart(glue, page),
      memoryGrowth && memoryPart(memoryGrowth, page),
    ].filter((part) => part !== null);
    return parts.length > 0 ? html`${parts}` : null;
  },
};

function compilePart(compile: CompileUse, windows: number, page: PageContext): Html {
  const tiers = [...new Set(compile.timeline.rows.map((row) => row.tier))];
  const legend = tiers.map((tier) => html`<li>${fillSwatch(compileFill(tier))}${tierTitle(tier)}</li>`);
  const setup = compile.phases.setup;
  const awaited =
    setup && setup.awaitedMs >= 1
      ? html`<p>${prose(`While setup was idle for other reasons, such as loading, helper threads compiled for another ${formatMs(setup.awaitedMs)}: setup may have waited for that too.`)}</p>`
      : null;
  const left = compile.timeline.threadsLeftOut;
  const cut =
    left > 0 ? html`<p>${formatPlural(left, 'thread')} that compiled less ${left === 1 ? 'is' : 'are'} left out.</p>` : null;
  const rows = compile.rows
    .filter(({ totalMs, criticalMs }) => totalMs > MIN_COMPILE_SHARE * compile.totalMs || criticalMs >= 1)
    .slice(0, MOST_COMPILE_ROWS);
  const more = compile.rows.length - rows.length + compile.rowsLeftOut;
  return html`<p class="lead">${prose(compileSentence(compile))}</p>
${awaited}
${compile.timeline.rows.length > 0 ? page.figure(compileChart(compile), html`${cut}<ul class="legend">${legend}</ul>`) : null}
${dataTable('Compile work by kind and module, summed over threads', compileColumns, rows)}
${more > 0 ? html`<p class="more">${formatPlural(more, 'smaller row')} left out.</p>` : null}
<p class="more">The critical path is what setup, warm-up and predictions waited for, in wall time; the rest lay beside it on other threads. Being
preempted while compiling is in it here, and a cause of its own in the split above.</p>
${compile.beforeTopTier && topTierPart(compile.beforeTopTier, windows, page)}`;
}

const compileColumns: readonly Column<CompileRow>[] = [
  {
    head: 'Work',
    cell: (row) => {
      const of = row.module === null ? null : html`<br><span class="more">${name(lastPart(row.module), 60)}</span>`;
      return html`${fillSwatch(compileFill(row.tier))}${tierTitle(row.tier)}${of}`;
    },
  },
  { head: 'Times', numeric: true, cell: (row) => formatCount(row.count) },
  { head: 'Total', numeric: true, cell: (row) => formatMs(row.totalMs) },
  { head: 'Critical path', numeric: true, cell: (row) => formatMs(row.criticalMs) },
  { head: 'Setup', numeric: true, cell: (row) => formatMs(row.setupMs) },
  { head: 'Warm-up', numeric: true, cell: (row) => formatMs(row.warmupMs) },
  { head: 'Predictions', numeric: true, cell: (row) => formatMs(row.predictionsMs) },
  { head: 'Threads', cell: (row) => threadsOf(row) },
];

function threadsOf({ threads, threadCount }: CompileRow): HtmlValue {
  const first = threads[0];
  if (first === undefined) return MISSING;
  return html`${name(first, 40)}${threadCount > 1 ? ` and ${threadCount - 1} more` : ''}`;
}

function topTierPart(bounds: BeforeTopTier, windows: number, page: PageContext): Html {
  return html`${page.subheading('Before the top tier')}
<p>${prose(topTierSentence(bounds, windows))} ${prose(inertText(bounds.evidence, 400))}</p>
${
  bounds.functions.length > 0
    ? dataTable(
        'Functions by Wasm self time before the last top-tier compilation ended',
        [
          { head: 'Function', cell: (fn: BeforeTopTier['functions'][number]) => code(fn.name, 80) },
          { head: 'Of Wasm time', numeric: true, cell: (fn) => formatShare(fn.share) },
          { head: 'Before, at most', numeric: true, cell: (fn) => formatShare(fn.atMost) },
          { head: 'At least', numeric: true, cell: (fn) => formatShare(fn.atLeast) },
        ],
        bounds.functions.slice(0, 5),
      )
    : null
}`;
}

function gcPart({ ownerInWindowsMs, rows, rowsLeftOut, by }: GcUse, page: PageContext): Html | null {
  const shown = rows.filter((row) => row.totalMs >= MIN_GC_MS).slice(0, MOST_FUNCTIONS);
  if (shown.length === 0) return null;
  const longestMs = Math.max(0, ...rows.filter(({ owner }) => owner).map(({ inWindows }) => inWindows.longestMs));
  const sentence =
    ownerInWindowsMs > 0
      ? `Garbage collection stopped the predictions for ${formatMs(ownerInWindowsMs)} in all, ${formatMs(longestMs)} at the longest.`
      : 'No garbage was collected on the thread that predicts while it predicted.';
  const more = rows.length - shown.length + rowsLeftOut;
  return html`${page.subheading('Garbage collection')}
<p>${prose(sentence)}</p>
${dataTable('Collections over the whole trace, by kind and thread', gcColumns, shown)}
${more > 0 ? html`<p class="more">${formatPlural(more, 'smaller row')} left out.</p>` : null}
${by && madeByPart(by)}`;
}

function madeByPart(by: NonNullable<GcUse['by']>): Html {
  return html`${dataTable('Whose garbage it was in predictions, in all', madeByColumns, by.slice(0, MOST_FUNCTIONS))}
<p class="more">As far as samples tell: a collection goes to the function that it interrupted or, if that is not known, to the scripts that ran since
the one before it, by their time.</p>`;
}

const madeByColumns: readonly Column<GarbageMaker>[] = [
  { head: 'Function', cell: (row) => code(row.function, 60) },
  { head: 'Collecting', numeric: true, cell: (row) => formatMs(row.ms) },
  { head: 'Share', numeric: true, cell: (row) => formatShare(row.share) },
  { head: 'Where the function begins', wide: true, cell: (row) => name(placeText({ ...row, column: null }), 160) },
];

const gcColumns: readonly Column<GcRow>[] = [
  {
    head: 'Kind',
    cell: (row) => (Object.hasOwn(gcKinds, row.kind) ? gcKinds[row.kind as GcKind].title : inertText(row.kind, 40)),
  },
  { head: 'Times', numeric: true, cell: (row) => formatCount(row.count) },
  { head: 'Total', numeric: true, cell: (row) => formatMs(row.totalMs) },
  { head: 'Longest', numeric: true, cell: (row) => formatMs(row.longestMs) },
  { head: 'In predictions', numeric: true, cell: (row) => formatMs(row.predictionsMs) },
  { head: 'Freed', numeric: true, cell: (row) => formatBytes(row.freedBytes) },
  { head: 'Thread', cell: (row) => html`${name(row.thread, 40)}${row.owner ? ' (runs the call)' : ''}` },
];

function gluePart({ ms, scripts, functions, functionsLeftOut }: GlueUse, page: PageContext): Html {
  const first = scripts[0];
  const most =
    first && ms > 0
      ? `, most of it (${formatShare(first.ms / ms)}) in ${first.script === null ? 'no script that is known' : inertText(lastPart(first.script), 60)}`
      : '';
  const shown = functions.slice(0, MOST_FUNCTIONS);
  const more = functions.length - shown.length + functionsLeftOut;
  return html`${page.subheading('JavaScript')}
<p>${prose(`JavaScript takes ${formatMs(ms)} of a prediction at the mean${most}.`)}</p>
${dataTable('JavaScript functions by self time, and builtins under their caller: means per prediction', glueColumns, shown)}
${more > 0 ? html`<p class="more">${formatPlural(more, 'smaller row')} left out.</p>` : null}`;
}

const glueColumns: readonly Column<GlueFunction>[] = [
  {
    head: 'Function',
    cell: (row) =>
      html`${code(row.builtin ?? row.function ?? '(no script)', 60)}${row.builtin !== null && row.function !== null ? html` <span class="more">called by</span> ${code(row.function, 40)}` : null}`,
  },
  { head: 'Time', numeric: true, cell: (row) => formatMs(row.ms) },
  { head: 'Share', numeric: true, cell: (row) => formatShare(row.share) },
  { head: 'Cause', cell: (row) => code(row.cause, 40) },
  { head: 'Where the function begins', wide: true, cell: (row) => (row.script === null ? MISSING : name(placeText(row), 160)) },
];

function placeText({ script, line, column }: Pick<GlueFunction, 'script' | 'line' | 'column'>): string {
  const place = [line, column].filter((part) => part !== null).map((part) => `:${part}`);
  return `${inertText(script, 140)}${place.join('')}`;
}

function memoryPart(growth: MemoryGrowth, page: PageContext): Html {
  const where =
    growth.countInWindows > 0
      ? `${formatPlural(growth.countInWindows, 'time')} in predictions (${formatMs(growth.predictionsMs)})`
      : 'never in a prediction';
  const sentence = `Wasm memory grew ${formatPlural(growth.count, 'time')}, ${where}; all of it took ${formatMs(growth.totalMs)}, the longest ${formatMs(growth.longestMs)}.`;
  const phases = `Setup ${formatMs(growth.setupMs)}, warm-up ${formatMs(growth.warmupMs)}. By how much it grew, the trace does not say.`;
  return html`${page.subheading('Growing memory')}
<p>${prose(sentence)} ${prose(phases)}</p>`;
}

const PHASES = 'phase of the run';
const PHASE_FILL = '#7d8693';
const PHASE_NAMES = { setup: 'setup', warmup: 'warm-up', predictions: 'prediction' } as const;

/** What was compiled when: a row per thread, a bar per stretch coloured by tier, and the phases of the run in a row above. */
function compileChart({ timeline }: CompileUse): Chart {
  const threads = [...new Set(timeline.rows.map((row) => row.thread))];
  const names = threadNames(threads, short);
  const phases = timeline.phases.map(({ phase, startMs, endMs }) => ({
    thread: PHASES,
    place: 0,
    what: Object.hasOwn(PHASE_NAMES, phase) ? PHASE_NAMES[phase] : inertText(phase, 40),
    time: `${formatMs(endMs - startMs)} from ${formatMs(startMs)}`,
    busy: '',
    from: startMs,
    to: endMs,
    fill: PHASE_FILL,
    opacity: phase === 'predictions' ? 0.55 : 1,
  }));
  const stretches = timeline.rows.map((row) => {
    const place = threads.indexOf(row.thread);
    return {
      thread: names[place]!,
      place: place + 1,
      what: tierTitle(row.tier),
      time: `${formatMs(row.endMs - row.startMs)} from ${formatMs(row.startMs)}`,
      busy: formatMs(row.busyMs),
      from: Math.max(0, row.startMs),
      to: Math.min(timeline.lengthMs, row.endMs),
      fill: compileFill(row.tier),
      opacity: 1,
    };
  });
  const spec = stretchesChart(
    [...phases, ...stretches],
    {
      lengthMs: timeline.lengthMs,
      title: 'ms since set-up began',
      step: 26,
      tooltip: { what: 'What', time: 'Time', busy: 'Compiling', thread: 'Thread' },
    },
    { opacity: { field: 'opacity', type: 'quantitative', scale: null, legend: null } },
  );
  const alt = `Compile work over ${formatMs(timeline.lengthMs)} on ${formatPlural(threads.length, 'thread')}, from the start of set-up to the last prediction.`;
  return { spec, alt };
}

/** Title of a tier; unknown tiers keep their id. */
function tierTitle(tier: string): string {
  return Object.hasOwn(compileTiers, tier) ? compileTiers[tier as CompileTier].title : inertText(tier, 40);
}

/**
 * Label for a bar, which has little room. Names of pool threads differ only in their id, so it keeps the start of a long name and
 * its last word.
 */
function short(thread: string): string {
  const text = inertText(thread, 60);
  const id = text.split(' ').at(-1)!;
  return text.length > 20 && id.length < 10 ? `${text.slice(0, 10)}… ${id}` : inertText(text, 20);
}
