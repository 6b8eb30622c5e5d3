import type { Trace } from '../../src/trace/trace.js';
import { callKind } from '../activity/gpu/calls.js';
import { devicePasses } from '../activity/gpu/deviceClock.js';
import type { RealmOnTrace } from '../activity/gpu/realm.js';
import { firstEndingAfter, type Span } from '../activity/spans.js';
import type { Window } from '../activity/window.js';
import type { CallFor } from './turns.js';

/** Edges that a hook measured may be off by this much, µs. */
const EDGE_US = 1000;

export interface GpuTurns {
  /** Calls of which it is known for which window they are, by time. */
  readonly calls: readonly CallFor[];
  /** For which window the device computes, by time, without overlap. */
  readonly device: readonly Span<Window>[];
}

/**
 * Tells for which of a thread's inferences it uses the GPU, where they overlap. What is asked of the GPU until something is read back
 * belongs to the inference that is open from the first call until the bytes are there; of several to the first one to end.
 * @param windows of the thread, by begin and by end
 * @param realms recorded calls of GPU APIs of the thread
 * @returns nothing where no windows overlap
 */
export function gpuTurns(trace: Trace, windows: readonly Window[], realms: readonly RealmOnTrace[]): GpuTurns {
  if (!windows.some(({ startUs }, i) => i > 0 && startUs < windows[i - 1]!.endUs)) return { calls: [], device: [] };
  const calls: CallFor[] = [];
  const passes: Span<Window>[] = [];
  for (const realm of realms) {
    const windowOf = windowsOfCalls(windows, realm);
    windowOf.forEach((window, call) => {
      if (window) calls.push({ atUs: realm.toTraceUs(realm.log.calls.atMs[call]!), window });
    });
    for (const { startUs, endUs, value: call } of devicePasses(trace, realm)) {
      const window = windowOf[call];
      if (window) passes.push({ startUs, endUs, value: window });
    }
  }
  passes.sort((a, b) => a.startUs - b.startUs);
  const device: Span<Window>[] = [];
  for (const pass of passes) {
    const startUs = Math.max(pass.startUs, device.at(-1)?.endUs ?? pass.startUs);
    if (startUs < pass.endUs) device.push({ ...pass, startUs });
  }
  return { calls: calls.sort((a, b) => a.atUs - b.atUs), device };
}

/** Per call, the window that it is for; null where none is open for long enough. */
function windowsOfCalls(windows: readonly Window[], { log: { names, calls }, toTraceUs }: RealmOnTrace): (Window | null)[] {
  const isReadback = names.map((name) => callKind(name) === 'readback');
  const found: (Window | null)[] = calls.name.map(() => null);
  /** Calls since the last read-back, by context. */
  const pending = new Map<number, number[]>();
  for (let call = 0; call < calls.name.length; call++) {
    const context = calls.context?.[call] ?? 0;
    const own = pending.get(context) ?? [];
    pending.set(context, own);
    own.push(call);
    if (!isReadback[calls.name[call]!]) continue;
    const fromUs = toTraceUs(calls.atMs[own[0]!]!);
    const untilUs = toTraceUs(Math.max(calls.atMs[call]! + calls.tookMs[call]!, calls.doneMs[call]!));
    const first = windows[firstEndingAfter(windows, untilUs - EDGE_US)];
    const window = first && first.startUs - EDGE_US <= fromUs ? first : null;
    for (const each of own) found[each] = window;
    pending.delete(context);
  }
  return found;
}
