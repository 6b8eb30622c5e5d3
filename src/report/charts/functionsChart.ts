import type { TopLevelSpec } from 'vega-lite';
import type { WasmFunctionTime } from '../../../analyzers/analysis.js';
import { formatMs, formatShare } from '../format.js';
import { inertText } from '../inertText.js';
import { mixPaint } from '../palette.js';
import { type Chart, LITERAL_COLOUR, PAPER } from './chart.js';

const MOST_FUNCTIONS = 10;

/** Self time of the busiest Wasm functions, each bar split by the classes of the instructions in its innermost loops. */
export function functionsChart(functions: readonly WasmFunctionTime[]): Chart {
  const shown = functions.slice(0, MOST_FUNCTIONS);
  const values = shown.flatMap((fn, place) => {
    const name = `${place + 1}. ${inertText(fn.name, 32)}`;
    const mix = fn.mix ? Object.entries(fn.mix).filter(([, part]) => part > 0) : [];
    let from = 0;
    return (mix.length > 0 ? mix : [['instructions unknown', 1] as const]).map(([instructions, part]) => {
      const to = from + part * fn.selfMs;
      const text = { name, instructions: inertText(instructions, 40), part: formatShare(part), self: formatMs(fn.selfMs) };
      const bar = { ...text, thread: inertText(fn.thread, 60), place, from, to, fill: mixPaint(instructions).fill };
      from = to;
      return bar;
    });
  });
  const spec: TopLevelSpec = {
    data: { values },
    height: { step: 26 },
    mark: { type: 'bar', height: { band: 0.76 }, stroke: PAPER, strokeWidth: 0.75 },
    encoding: {
      x: { field: 'from', type: 'quantitative', axis: { title: 'Self time in a window (ms)', grid: true, tickCount: 6 } },
      x2: { field: 'to' },
      y: { field: 'name', type: 'nominal', sort: { field: 'place' }, axis: { title: null } },
      color: { field: 'fill', ...LITERAL_COLOUR },
      tooltip: [
        { field: 'name', title: 'Function' },
        { field: 'instructions', title: 'Instructions' },
        { field: 'part', title: 'Of its loops' },
        { field: 'self', title: 'Self time' },
        { field: 'thread', title: 'Thread' },
      ],
    },
  };
  const first = shown[0];
  const told = first ? ` The first is ${inertText(first.name, 60)} with ${formatMs(first.selfMs)}.` : '';
  return { spec, alt: `Self time of ${shown.length} Wasm functions, split by class of instruction.${told}` };
}
