import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { Trace } from '../../src/trace/trace.js';
import type { GpuPhase, GpuUse } from '../analysis.js';
import { sliceArgs } from '../sliceArgs.js';
import { clip, totalUs } from '../spans.js';
import type { FoundWindows, Window } from '../windows.js';
import type { CallKind } from './gpuCalls.js';
import type { RealmOnTrace } from './gpuRealm.js';
import type { GpuTimeline } from './gpuTimeline.js';
import type { RunPhase } from './phaseAt.js';

/** One call of a log. */
export interface GpuCall {
  readonly log: GpuRealm;
  readonly row: number;
  readonly name: string;
  readonly kind: CallKind;
  readonly phase: RunPhase;
  /** Until what it promised was there, or as long as it took, ms. */
  readonly ms: number;
}

type Sums = { -readonly [K in keyof GpuPhase]: number };

/** What was asked of the GPU and done by it in set-up, warm-up and, as means of a window, predictions. */
export function gpuPhases(
  trace: Trace,
  found: FoundWindows,
  phaseOf: (atUs: number) => RunPhase,
  calls: readonly GpuCall[],
  realms: readonly RealmOnTrace[],
  timelines: ReadonlyMap<number, GpuTimeline>,
): GpuUse['phases'] {
  const { name, startUs: atUs } = trace.tables.slices.columns;
  const commands = [...sliceArgs(trace, 'bytes', 'number')].filter(([row]) => name.at(row) === COMMANDS);
  const of = (wanted: RunPhase, windows: readonly Window[]): GpuPhase | null => {
    if (windows.length === 0) return null;
    const sums = asked(calls, wanted);
    for (const { log, toTraceUs } of realms) {
      for (let pass = 0; pass < log.passes.call.length; pass++) {
        if (phaseOf(toTraceUs(log.calls.atMs[log.passes.call[pass]!]!)) !== wanted) continue;
        sums.passes++;
        sums.deviceMs += log.passes.durationUs[pass]! / 1000;
      }
    }
    for (const { thread, startUs, endUs } of windows) {
      const serving = clip(timelines.get(thread)?.serving ?? [], startUs, endUs);
      sums.processMs += totalUs(serving) / 1000;
      sums.compileMs += totalUs(serving.filter(({ value }) => value === 'gpu.compile')) / 1000;
    }
    for (const [row, bytes] of commands) if (phaseOf(atUs[row]!) === wanted) sums.commandBytes += bytes;
    for (const key of Object.keys(sums) as (keyof Sums)[]) sums[key] /= windows.length;
    return sums;
  };
  return {
    setup: of('setup', found.setup ? [found.setup] : []),
    warmup: of('warmup', found.warmup ? [found.warmup] : []),
    predictions: of('predictions', found.windows),
  };
}

const COMMANDS = 'WebGPUDecoderImpl::HandleDawnCommands';

/** Sums of the calls of one phase; what is not told by calls is 0. */
function asked(calls: readonly GpuCall[], wanted: RunPhase): Sums {
  const sums: Sums = {
    submissions: 0,
    dispatches: 0,
    programs: 0,
    programMs: 0,
    uploads: 0,
    uploadBytes: 0,
    uploadMs: 0,
    readbacks: 0,
    readbackBytes: 0,
    readbackMs: 0,
    roundTrips: 0,
    roundTripMs: 0,
    passes: 0,
    deviceMs: 0,
    processMs: 0,
    compileMs: 0,
    commandBytes: 0,
  };
  for (const { log, row, kind, phase, ms } of calls) {
    if (phase !== wanted) continue;
    const bytes = Math.max(0, log.calls.bytes[row]!);
    sums.dispatches += Math.max(0, log.calls.count[row]!);
    switch (kind) {
      case 'submission':
        sums.submissions++;
        break;
      case 'program':
        sums.programs++;
        sums.programMs += log.calls.tookMs[row]!;
        break;
      case 'upload':
        sums.uploads++;
        sums.uploadBytes += bytes;
        sums.uploadMs += ms;
        break;
      case 'readback':
        sums.readbacks++;
        sums.readbackBytes += bytes;
        sums.readbackMs += ms;
        break;
      case 'roundTrip':
        sums.roundTrips++;
        sums.roundTripMs += log.calls.tookMs[row]!;
        break;
      case 'poll':
      case 'allocation':
        break;
    }
  }
  return sums;
}
