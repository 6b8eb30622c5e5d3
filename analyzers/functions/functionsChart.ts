import type { TopLevelSpec } from 'vega-lite';
import type { Figure } from '../../src/view/block.js';
import { type Chart, LITERAL_COLOUR, PAPER } from '../../src/view/chart.js';
import { formatMs, formatName, formatShare } from '../../src/view/format.js';
import { groupMix, instructionGroups, UNKNOWN_FILL } from '../../src/view/palette.js';
import type { WasmFunctionTime } from './wasmUse.js';

const MOST_FUNCTIONS = 10;
const UNKNOWN = { name: 'instructions unknown', fill: UNKNOWN_FILL };

/**
 * Self time of the busiest Wasm functions. Each bar is split by the classes of the instructions in the function's innermost
 * loops.
 */
export function functionsChart(functions: readonly WasmFunctionTime[]): Chart {
  const shown = functions.slice(0, MOST_FUNCTIONS);
  const values = shown.flatMap((fn, place) => {
    const name = `${place + 1}. ${shortName(fn)}`;
    const known = fn.mix ? groupMix(fn.mix).filter(({ part }) => part > 0) : [];
    const parts = known.length > 0 ? known : [{ group: UNKNOWN, part: 1 }];
    let from = 0;
    return parts.map(({ group, part }) => {
      const to = from + part * fn.selfMs;
      const text = {
        name,
        instructions: group.name,
        part: formatShare(part),
        self: formatMs(fn.selfMs),
        thread: formatName(fn.thread, 60),
      };
      const bar = { ...text, place, from, to, fill: group.fill };
      from = to;
      return bar;
    });
  });
  const spec: TopLevelSpec = {
    data: { values },
    height: { step: 26 },
    mark: { type: 'bar', height: { band: 0.76 }, stroke: PAPER, strokeWidth: 0.75 },
    encoding: {
      x: { field: 'from', type: 'quantitative', axis: { title: 'Self time in typical windows (ms)', grid: true, tickCount: 6 } },
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
  const summary = first ? ` The first is ${formatName(first.name, 60)} with ${formatMs(first.selfMs)}.` : '';
  return { spec, alt: `Self time of ${shown.length} Wasm functions, split by class of instruction.${summary}` };
}

/** What the colours of the chart mean: the groups of instructions that it shows. */
export function instructionLegend(functions: readonly WasmFunctionTime[]): Figure['legend'] {
  const mixes = functions.slice(0, MOST_FUNCTIONS).flatMap(({ mix }) => groupMix(mix ?? {}));
  const seen = new Set(mixes.flatMap(({ group, part }) => (part > 0 ? [group] : [])));
  return instructionGroups.filter((group) => seen.has(group)).map(({ name, fill }) => ({ text: name, fill }));
}

/** There is little room next to a bar: a function without a name is shown by its index only. */
function shortName({ name, index }: WasmFunctionTime): string {
  return index !== null && name === `wasm-function[${index}]` ? `function ${index}` : formatName(name, 32);
}
