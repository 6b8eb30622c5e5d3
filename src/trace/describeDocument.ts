import { browsersTrace, relativeOf } from './relatives.js';
import type { TraceDocument } from './text/traceDocument.js';
import type { TraceReading } from './trace.js';

const record = `Record one ${browsersTrace}.`;

/**
 * What to tell the user of a JSON document that turns out to be no trace of a browser; null if it may be one.
 * @param valid events that could be used
 * @param elements elements of traceEvents, or of the bare array
 * @param samples elements of a top-level `samples`
 */
export function describeDocument(
  document: Pick<TraceDocument, 'hasBegun' | 'hasEvents' | 'topKeys'>,
  { valid, elements, samples }: { readonly valid: number; readonly elements: number; readonly samples: number },
  cut: TraceReading['cut'],
): string | null {
  const { hasBegun, hasEvents, topKeys } = document;
  if (!hasBegun) return `Not a trace: it holds nothing but white space. ${record}`;
  const relative = relativeOf({ hasEvents, topKeys, samples });
  if (relative) return `Not a trace of a browser but ${relative.is}. ${relative.advice}`;
  const where = cut ? ` Reading it stopped at byte ${cut.atByte}: ${cut.reason}.` : '';
  if (hasEvents) {
    if (elements > 0 && valid === 0) {
      return `Not a trace: none of its ${elements} elements is a trace event (an object with ph and ts).${where} ${record}`;
    }
    const isArray = !topKeys.has('traceEvents');
    if (isArray && valid === 0 && cut) return `Not a trace that can be used: it holds no whole event.${where} ${record}`;
    return null;
  }
  const keys = [...topKeys].slice(0, 5).join(', ');
  return `Not a trace: a JSON object without traceEvents${keys ? ` (its keys: ${keys}${topKeys.size > 5 ? ', …' : ''})` : ''}.${where} ${record}`;
}
