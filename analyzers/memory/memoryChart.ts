import { max } from 'simple-statistics';
import type { TopLevelSpec } from 'vega-lite';
import type { Figure } from '../../src/view/block.js';
import { type Chart, LITERAL_COLOUR } from '../../src/view/chart.js';
import { decadeTicks } from '../../src/view/decadeTicks.js';
import { formatBytes, formatMs, formatRatio } from '../../src/view/format.js';
import { fillOf, REFERENCE_FILL } from '../../src/view/palette.js';
import type { MemorySeries, MemoryUse } from './memory.js';

/** Points per line. With more readings, each point is the highest of its neighbours. */
const MOST_POINTS = 300;
/** A phase narrower than this share of the width has no room for its name. */
const NAMED_WIDTH = 0.09;

/** What the colours of the chart mean. */
export const memoryLegend = ({ series }: MemoryUse): Figure['legend'] =>
  series.map(({ id, title }) => ({ fill: fillOf('memory', id), text: title }));

/**
 * Memory over the run on a logarithmic axis, so that a model's few megabytes and a process's hundreds are both legible; phases
 * are bands.
 */
export function memoryChart(memory: MemoryUse): Chart {
  const startMs = Math.min(...memory.phases.map((phase) => phase.startMs), memory.timesMs[0] ?? 0);
  const endMs = Math.max(...memory.phases.map((phase) => phase.endMs), memory.timesMs.at(-1) ?? 0);
  const all = memory.series.flatMap(({ bytes }) => bytes.filter((value): value is number => value !== null && value > 0));
  const highest = max([memory.modelBytes, ...all]) * 1.6;
  // Smaller values, and zero, are drawn at the bottom.
  const lowest = Math.max(1000, Math.min(memory.modelBytes / 4, highest / 10));
  const points = memory.series.flatMap((series, place) =>
    thinned(memory.timesMs, series).map(({ atMs, bytes }) => ({
      series: series.title,
      place,
      at: Math.round(atMs - startMs) / 1000,
      bytes: Math.max(lowest, bytes),
      size: formatBytes(bytes),
      ratio: `${formatRatio(bytes / memory.modelBytes)} of the model`,
      fill: fillOf('memory', series.id),
    })),
  );
  const phases = memory.phases.map((phase, place) => ({
    from: (phase.startMs - startMs) / 1000,
    to: (phase.endMs - startMs) / 1000,
    middle: ((phase.startMs + phase.endMs) / 2 - startMs) / 1000,
    phase: phase.title,
    time: formatMs(phase.endMs - phase.startMs),
    label: phase.endMs - phase.startMs > NAMED_WIDTH * (endMs - startMs) ? phase.title : '',
    opacity: place % 2 === 0 ? 0.09 : 0.02,
  }));
  const seconds = [0, (endMs - startMs) / 1000];
  const range = [lowest, highest];
  const x = {
    type: 'quantitative',
    scale: { domain: seconds, nice: false },
    axis: { title: 'seconds since the blank page', tickCount: 8 },
  } as const;
  const y = {
    type: 'quantitative',
    scale: { type: 'log', domain: range, nice: false, clamp: true },
    axis: { title: null, grid: true, values: decadeTicks(lowest, highest, [1, 2, 5]), labelExpr: AXIS_TEXT },
  } as const;
  const spec: TopLevelSpec = {
    height: 320,
    layer: [
      {
        data: { values: phases },
        mark: { type: 'rect', color: 'currentColor' },
        encoding: {
          x: { field: 'from', ...x },
          x2: { field: 'to' },
          opacity: { field: 'opacity', type: 'quantitative', scale: null, legend: null },
          tooltip: [
            { field: 'phase', title: 'Phase' },
            { field: 'time', title: 'Took' },
          ],
        },
      },
      {
        data: { values: phases },
        mark: { type: 'text', baseline: 'top', fontSize: 12, color: 'currentColor', opacity: 0.75 },
        encoding: { x: { field: 'middle', ...x }, y: { value: 4 }, text: { field: 'label' } },
      },
      {
        data: { values: [{ bytes: memory.modelBytes, label: `the model: ${formatBytes(memory.modelBytes)}` }] },
        encoding: { y: { field: 'bytes', ...y } },
        layer: [
          { mark: { type: 'rule', strokeDash: [4, 4], color: REFERENCE_FILL } },
          {
            mark: { type: 'text', align: 'left', baseline: 'bottom', dx: 4, dy: -2, fontSize: 11, color: 'currentColor' },
            encoding: { x: { value: 0 }, text: { field: 'label' } },
          },
        ],
      },
      {
        data: { values: points },
        encoding: {
          x: { field: 'at', ...x },
          y: { field: 'bytes', ...y },
          color: { field: 'fill', ...LITERAL_COLOUR },
          detail: { field: 'place', type: 'ordinal' },
          order: { field: 'at', type: 'quantitative' },
        },
        layer: [
          { mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2 } },
          {
            mark: { type: 'point', filled: true, size: 70, opacity: 0 },
            encoding: {
              tooltip: [
                { field: 'series', title: 'Of' },
                { field: 'size', title: 'Bytes' },
                { field: 'ratio', title: 'Ratio' },
              ],
            },
          },
        ],
      },
    ],
  };
  const summary = memory.series.map((series) => `${series.title} ${formatBytes(peakOf(series))}`).join(', ');
  return { spec, alt: `Memory over the run on a logarithmic axis, phases as bands. Peaks: ${summary}.` };
}

const AXIS_TEXT =
  "datum.value >= 1e9 ? format(datum.value / 1e9, ',~r') + ' GB' : datum.value >= 1e6 ? format(datum.value / 1e6, ',~r') + ' MB' : format(datum.value / 1e3, ',~r') + ' kB'";

function peakOf({ bytes }: MemorySeries): number {
  return bytes.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
}

/** The highest reading of each of MOST_POINTS equal stretches of time, and the last reading, where the line ends. */
function thinned(timesMs: readonly number[], { bytes }: MemorySeries): { atMs: number; bytes: number }[] {
  const readings = timesMs.flatMap((atMs, i) => (bytes[i] === null || bytes[i] === undefined ? [] : [{ atMs, bytes: bytes[i] }]));
  if (readings.length <= MOST_POINTS) return readings;
  const stretchMs = (readings.at(-1)!.atMs - readings[0]!.atMs) / (MOST_POINTS - 1);
  const highest = new Map<number, { atMs: number; bytes: number }>();
  for (const reading of readings) {
    const stretch = Math.floor((reading.atMs - readings[0]!.atMs) / stretchMs);
    const known = highest.get(stretch);
    if (!known || reading.bytes > known.bytes) highest.set(stretch, reading);
  }
  const kept = [...highest.values()];
  return kept.at(-1) === readings.at(-1) ? kept : [...kept, readings.at(-1)!];
}
