import type { Analysis } from '../../../analyzers/analysis.js';
import { inertText } from '../../text/inertText.js';
import { partitionChart } from '../charts/partitionChart.js';
import { formatBytes, formatMs, formatPlural, formatShare } from '../format.js';
import { type Html, html, prose } from '../html.js';
import { swatch } from './names.js';
import type { PageContext } from './section.js';

/** Warm-up beside a prediction, both by cause and on one axis of time. Null where the trace has none of it. */
export function gpuWarmup({ partition, gpu }: Analysis, page: PageContext): Html | null {
  const warmup = gpu?.phases.warmup;
  if (!partition?.warmup || !warmup) return null;
  const causes = partition.warmup;
  const lengthMs = causes.reduce((sum, { medianMs }) => sum + medianMs, 0);
  const own = [...causes].filter(({ id }) => id.startsWith('gpu.')).sort((a, b) => b.share - a.share);
  const parts = own
    .filter(({ share }) => share >= 0.005)
    .slice(0, 5)
    .map(
      ({ id, title, medianMs, share }) =>
        `${inertText(title, 60)} (${inertText(id, 40)}) ${formatMs(medianMs)}, ${formatShare(share)}`,
    );
  const asked = [
    `${formatPlural(warmup.programs, 'program')} made`,
    `${formatBytes(warmup.uploadBytes)} uploaded`,
    warmup.roundTrips > 0
      ? `${formatPlural(warmup.roundTrips, 'round trip')} that took ${formatMs(warmup.roundTripMs)} of the page’s thread`
      : 'no round trip',
  ];
  const first = `The first inference under the trace takes ${formatMs(lengthMs)}`;
  const sentence = `${first}${parts.length > 0 ? `. The GPU’s part in it: ${parts.join('; ')}` : ''}. In it: ${asked.join(', ')}.${timedWarmups(gpu.warmupsMs)}`;
  const seen = [...new Set([...causes, ...partition.causes].filter(({ share }) => share >= 0.005).map(({ id }) => id))].slice(
    0,
    20,
  );
  const rows = [
    { label: 'warm-up', causes, length: lengthMs },
    { label: 'prediction', causes: partition.causes, length: partition.windowMedianMs },
  ];
  const legend = html`<ul class="legend">${seen.map((id) => html`<li>${swatch(id)}${inertText(id, 40)}</li>`)}</ul>`;
  return html`${page.subheading('Why the first inference takes longer')}
<p>${prose(sentence)}</p>
${page.figure(partitionChart(rows, 'ms', `Warm-up of ${formatMs(lengthMs)} beside a prediction of ${formatMs(partition.windowMedianMs)}, by cause.`), legend)}`;
}

/** The first page of a new browser beside later ones: what that browser kept is what differs. Empty with less than two. */
function timedWarmups([first, ...later]: readonly number[]): string {
  if (first === undefined || later.length === 0) return '';
  const [low, high] = [Math.min(...later), Math.max(...later)];
  const others = later.length === 1 ? formatMs(low) : `${formatMs(low)} to ${formatMs(high)}`;
  return ` Timed without recording, the first page of a new browser took ${formatMs(first)} for it, later pages of that browser ${others}.`;
}
