import type { MemoryPeak, MemoryUse } from '../../analyzers/memory/memory.js';
import { inertText } from '../text/inertText.js';
import { formatBytes, formatRatio } from '../view/format.js';

/** A peak, its ratio to the model's size and when it was: "331 MB, 23.7× the model, in the phase Predictions". */
export function peakWords({ peakBytes, ratio, phase }: MemoryPeak): string {
  return `${formatBytes(peakBytes)}, ${formatRatio(ratio)} the model’s size, in the phase “${inertText(phase, 40)}”`;
}

/** What was held at the most, beside what was alive. */
export function memorySentences({ held, live, process, modelBytes }: MemoryUse): string[] {
  return [
    ...(held ? [`The page held ${peakWords(held)} (the model: ${formatBytes(modelBytes)}).`] : []),
    ...(live ? [`Tensors that were alive at the same time took at most ${peakWords(live)}.`] : []),
    ...(process ? [`Its process had ${formatBytes(process.peakBytes)} at the most.`] : []),
    ...freed({ held, process, live }),
  ];
}

function freed({ held, process, live }: Pick<MemoryUse, 'held' | 'process' | 'live'>): string[] {
  const kept = [
    ...(held?.afterBytes != null ? [`the page still held ${formatBytes(held.afterBytes)}`] : []),
    ...(live?.afterBytes != null ? [`tensors ${formatBytes(live.afterBytes)}`] : []),
    ...(process?.afterBytes != null ? [`its process had ${formatBytes(process.afterBytes)}`] : []),
  ];
  return kept.length > 0 ? [`After the model was disposed of and garbage collected, ${kept.join(', ')}.`] : [];
}
