import { type Column, figure, lead, line, paragraph, table } from '../../src/view/block.js';
import { formatBytes, formatName, formatRatio } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { MemoryPeak, MemoryPhase, MemoryUse } from './memory.js';
import { memoryChart, memoryLegend } from './memoryChart.js';

/** The memory that the run held over time, and the part of it that was live. */
export const view: View<{ readonly memory: MemoryUse | null }> = {
  id: 'memory',
  title: 'Memory',
  // The section itself explains held and live.
  words: {},
  blocks({ memory }) {
    if (!memory) return [];
    const peaks = peaksText(memory);
    return [
      ...(peaks ? [lead(peaks)] : []),
      ...(memory.held ? [paragraph(differenceText(memory.live !== null))] : []),
      figure(memoryChart(memory), null, memoryLegend(memory)),
      table('The highest of each phase', columns(memory), memory.phases),
    ];
  },
  /** Peak of held memory, its ratio to the model's size and its time; and how much of it was live tensors. */
  brief({ memory }) {
    if (!memory?.held) return [];
    const { held, live } = memory;
    const alive = live ? ` · living tensors ${formatBytes(live.peakBytes)} (${formatRatio(live.ratio)})` : '';
    const text = `held ${formatBytes(held.peakBytes)} (${formatRatio(held.ratio)} the model, ${formatName(held.phase, 24)})${alive}`;
    return [line('Memory', text)];
  },
};

/** The peaks, and what remained after everything was disposed of. */
function peaksText({ held, live, process, modelBytes }: MemoryUse): string {
  const kept = [
    ...(held?.afterBytes != null ? [`the page still held ${formatBytes(held.afterBytes)}`] : []),
    ...(live?.afterBytes != null ? [`tensors ${formatBytes(live.afterBytes)}`] : []),
    ...(process?.afterBytes != null ? [`its process had ${formatBytes(process.afterBytes)}`] : []),
  ];
  return [
    ...(held ? [`The page held ${peakText(held)} (the model: ${formatBytes(modelBytes)}).`] : []),
    ...(live ? [`Tensors that were alive at the same time took at most ${peakText(live)}.`] : []),
    ...(process ? [`Its process had ${formatBytes(process.peakBytes)} at the most.`] : []),
    ...(kept.length > 0 ? [`After the model was disposed of and garbage collected, ${kept.join(', ')}.`] : []),
  ].join(' ');
}

/** A peak, its ratio to the model's size and its phase: "331 MB, 23.7× the model’s size, in the phase “Predictions”". */
function peakText({ peakBytes, ratio, phase }: MemoryPeak): string {
  return `${formatBytes(peakBytes)}, ${formatRatio(ratio)} the model’s size, in the phase “${formatName(phase)}”`;
}

/** Why two sums are given: published ratios are of one or of the other. */
function differenceText(isLiveKnown: boolean): string {
  const apart =
    ', and living tensors what it needs. Both grow with the inputs. A ratio of memory to model is of one or of the other, and the two may be far apart: the 334.6× that was published of ESRGAN on TF.js Wasm is of a heap that was held, while its living tensors were 11.8×';
  return `Held is the JavaScript heap, array buffers and Wasm memory together, each counted once. Wasm memory can grow and never shrinks, and what is freed inside it stays with its allocator: so held says what a run takes from its device${isLiveKnown ? apart : ''}. Sizes of processes hold more and less: the browser’s own code and data, but of memory only what was touched.`;
}

function columns({ series }: MemoryUse): readonly Column<MemoryPhase>[] {
  return [
    { id: 'phase', head: 'Phase', kind: 'text', value: ({ title }) => title },
    { id: 'tookMs', head: 'Took', kind: 'ms', value: ({ startMs, endMs }) => endMs - startMs },
    ...series.map(
      ({ id, title }): Column<MemoryPhase> => ({
        id: `${id}PeakBytes`,
        head: title,
        kind: 'bytes',
        value: ({ peakBytes }) => (Object.hasOwn(peakBytes, id) ? (peakBytes[id] ?? null) : null),
      }),
    ),
  ];
}
