import type { Chart } from '../../src/view/chart.js';
import { formatMs } from '../../src/view/format.js';
import { stretchesChart } from '../../src/view/stretchesChart.js';
import type { Visit } from './coldStart.js';
import { parts } from './parts.js';

export interface ShownVisit {
  readonly title: string;
  readonly visit: Visit;
}

/** What was done and waited for when: a row per visit, all from their navigation on one axis. */
export function visitsChart(visits: readonly ShownVisit[]): Chart {
  const lengthMs = Math.max(...visits.map(({ visit }) => visit.totalMs));
  const stretches = visits.flatMap(({ title, visit }, place) =>
    visit.timeline.map(({ part, startMs, endMs }) => ({
      thread: title,
      place,
      what: parts[part].title,
      time: `${formatMs(endMs - startMs)} from ${formatMs(startMs)}`,
      from: startMs,
      to: Math.min(endMs, visit.totalMs),
      fill: parts[part].fill,
    })),
  );
  const spec = stretchesChart(stretches, {
    lengthMs,
    title: 'ms since navigation',
    step: 34,
    tooltip: { what: 'What', time: 'Time', thread: 'Visit' },
  });
  const told = visits.map(({ title, visit }) => `${title} ${formatMs(visit.totalMs)}`).join(', ');
  return { spec, alt: `What stood before the first inference, by visit. ${told}.` };
}
