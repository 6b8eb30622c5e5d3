import type { TraceDocument } from './text/traceDocument.js';
import type { TraceReading } from './trace.js';

const record = 'Record one in DevTools (Performance) or with trace collect.';

/**
 * What to tell the user of a JSON document that turns out to be no trace; null if it is one.
 * @param valid events that could be used
 * @param elements elements of traceEvents, or of the bare array
 */
export function describeDocument(
  document: Pick<TraceDocument, 'hasBegun' | 'hasEvents' | 'topKeys'>,
  valid: number,
  elements: number,
  cut: TraceReading['cut'],
): string | null {
  const { hasBegun, hasEvents, topKeys } = document;
  if (!hasBegun) return `Not a trace: it holds nothing but white space. ${record}`;
  const where = cut ? ` Reading it stopped at byte ${cut.atByte}: ${cut.reason}.` : '';
  const isArray = hasEvents && !topKeys.has('traceEvents');
  if (hasEvents) {
    if (elements > 0 && valid === 0) {
      return `Not a trace: none of its ${elements} elements is a trace event (an object with ph and ts).${where} ${record}`;
    }
    if (isArray && valid === 0 && cut) return `Not a trace that can be used: it holds no whole event.${where} ${record}`;
    return null;
  }
  if (topKeys.has('nodes') && (topKeys.has('timeDeltas') || topKeys.has('startTime'))) {
    return 'Not a trace but a CPU profile (.cpuprofile), which holds samples of one thread and no events: it cannot tell where an inference waits. Record a trace (DevTools, Performance) instead.';
  }
  if (topKeys.has('snapshot')) {
    return 'Not a trace but a heap snapshot (.heapsnapshot), which holds objects and no times. Record a trace (DevTools, Performance) instead.';
  }
  const keys = [...topKeys].slice(0, 5).join(', ');
  return `Not a trace: a JSON object without traceEvents${keys ? ` (its keys: ${keys}${topKeys.size > 5 ? ', …' : ''})` : ''}.${where} ${record}`;
}
