import type { TopLevelSpec } from 'vega-lite';
import type { CompileUse } from '../../../analyzers/analysis.js';
import { type CompileTier, compileTiers } from '../../../analyzers/compileTier.js';
import { inertText } from '../../text/inertText.js';
import { formatMs, formatPlural } from '../format.js';
import { compileFill } from '../palette.js';
import { type Chart, LITERAL_COLOUR } from './chart.js';

const PHASES = 'phase of the run';
const PHASE_FILL = '#7d8693';
const PHASE_NAMES = { setup: 'setup', warmup: 'warm-up', predictions: 'prediction' } as const;

/** When what was compiled: a row per thread, a bar per stretch coloured by tier, and the phases of the run in a row above. */
export function compileChart({ timeline }: CompileUse): Chart {
  const threads = [...new Set(timeline.rows.map((row) => row.thread))];
  const names = threads.map((thread, i) => distinct(thread, i, threads));
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
  const spec: TopLevelSpec = {
    data: { values: [...phases, ...stretches] },
    height: { step: 26 },
    mark: { type: 'bar', height: { band: 0.8 } },
    encoding: {
      x: {
        field: 'from',
        type: 'quantitative',
        scale: { domain: [0, timeline.lengthMs], nice: false },
        axis: { title: 'ms since set-up began', grid: true, tickCount: 6 },
      },
      x2: { field: 'to' },
      y: { field: 'thread', type: 'nominal', sort: { field: 'place' }, axis: { title: null } },
      color: { field: 'fill', ...LITERAL_COLOUR },
      opacity: { field: 'opacity', type: 'quantitative', scale: null, legend: null },
      tooltip: [
        { field: 'what', title: 'What' },
        { field: 'time', title: 'Time' },
        { field: 'busy', title: 'Compiling' },
        { field: 'thread', title: 'Thread' },
      ],
    },
  };
  const alt = `Compile work over ${formatMs(timeline.lengthMs)} on ${formatPlural(threads.length, 'thread')}, from the start of set-up to the last prediction.`;
  return { spec, alt };
}

/** Name of a tier for a reader; data may hold another. */
export function tierTitle(tier: string): string {
  return Object.hasOwn(compileTiers, tier) ? compileTiers[tier as CompileTier].title : inertText(tier, 40);
}

/** Beside a bar there is little room, and threads of a pool differ only in their id: the start of a long name, and its last word. */
function short(thread: string): string {
  const text = inertText(thread, 60);
  const id = text.split(' ').at(-1)!;
  return text.length > 20 && id.length < 10 ? `${text.slice(0, 10)}… ${id}` : inertText(text, 20);
}

/** Two names may be the same once shortened; a number tells them apart. */
function distinct(thread: string, place: number, threads: readonly string[]): string {
  const name = short(thread);
  return threads.some((other, i) => i !== place && short(other) === name) ? `${name} #${place + 1}` : name;
}
