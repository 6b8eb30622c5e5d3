import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import type { OnTrace } from './onTrace.js';
import type { Span } from './spans.js';

/**
 * When threads were inside of outermost calls into Wasm, as hooks recorded them, sorted without overlap. A call that waits for
 * something else has returned by then, and is over.
 */
export function wasmCalls(realms: readonly OnTrace<WasmRealm>[]): Map<number, Span<null>[]> {
  const calls = new Map<number, Span<null>[]>();
  for (const realm of realms) {
    const own = calls.get(realm.thread) ?? [];
    calls.set(realm.thread, own);
    const { atMs, tookMs } = realm.log.calls;
    atMs.forEach((at, i) => {
      own.push({ startUs: realm.toTraceUs(at), endUs: realm.toTraceUs(at + tookMs[i]!), value: null });
    });
  }
  return new Map([...calls].map(([thread, own]) => [thread, withoutOverlap(own)]));
}

function withoutOverlap(spans: Span<null>[]): Span<null>[] {
  let endUs = Number.NEGATIVE_INFINITY;
  return spans
    .sort((a, b) => a.startUs - b.startUs)
    .filter((span) => {
      const isBehind = span.startUs >= endUs && span.startUs < span.endUs;
      if (isBehind) endUs = span.endUs;
      return isBehind;
    });
}
