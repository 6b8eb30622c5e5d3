import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { Trace } from '../../src/trace/trace.js';
import { sliceArgs } from '../activity/findSlices.js';
import type { CallKind } from '../activity/gpu/calls.js';
import type { RealmOnTrace } from '../activity/gpu/realm.js';
import type { GpuTimeline } from '../activity/gpu/timeline.js';
import { clip, firstEndingAfter, type Span, totalUs, union } from '../activity/spans.js';
import type { FoundWindows, Window } from '../activity/window.js';
import { gpu } from '../partition/causes/index.js';

/** Sums over the phase, by the page's own clock and its submissions; null without such a phase. */
export interface GpuPhases {
  readonly setup: GpuPhase | null;
  readonly warmup: GpuPhase | null;
  /** Mean of a window. */
  readonly predictions: GpuPhase | null;
}

export interface GpuPhase {
  readonly submissions: number;
  /** Dispatches and draws. */
  readonly dispatches: number;
  readonly programs: number;
  /** Time on the page's thread in calls that make programs. The rest of that work is in the GPU process. */
  readonly programMs: number;
  readonly uploads: number;
  readonly uploadBytes: number;
  readonly uploadMs: number;
  readonly readbacks: number;
  readonly readbackBytes: number;
  /** From the call until the bytes were available. */
  readonly readbackMs: number;
  readonly roundTrips: number;
  /** Time that the page's thread was blocked. */
  readonly roundTripMs: number;
  /**
   * Passes that the device timed, and their total length; 0 where it timed none. They may run while the page does something else.
   */
  readonly passes: number;
  readonly deviceMs: number;
  /**
   * Time that the GPU process was busy with the page's commands, and its part for shaders and pipelines, as far as slices show.
   */
  readonly processMs: number;
  readonly compileMs: number;
  /** WebGPU commands that the GPU process received; 0 where the trace does not tell. */
  readonly commandBytes: number;
}

/** One call of a log. */
export interface GpuCall {
  readonly log: GpuRealm;
  readonly row: number;
  readonly name: string;
  readonly kind: CallKind;
  readonly phase: RunPhase;
  /** Until its result was available, or else the duration of the call, ms. */
  readonly ms: number;
}

type Sums = { -readonly [K in keyof GpuPhase]: number };

/** What was asked of the GPU and what it did in set-up, warm-up and predictions. Predictions are means per window. */
export function gpuPhases(
  trace: Trace,
  found: FoundWindows,
  phaseOf: (atUs: number) => RunPhase,
  calls: readonly GpuCall[],
  realms: readonly RealmOnTrace[],
  timelines: ReadonlyMap<number, GpuTimeline>,
): GpuPhases {
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
      sums.compileMs += totalUs(serving.filter(({ value }) => value === gpu.compile.id)) / 1000;
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

/** Sums of the calls of one phase; values that calls do not show are 0. */
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

export type RunPhase = 'setup' | 'warmup' | 'predictions' | 'outside';

/** Returns the phase of the run that a time on the trace clock (µs) lies in. */
export function phaseAt({ setup, warmup, windows }: FoundWindows): (atUs: number) => RunPhase {
  const holds = ({ startUs, endUs }: Pick<Span<unknown>, 'startUs' | 'endUs'>, atUs: number): boolean =>
    startUs <= atUs && atUs < endUs;
  const sorted = union(windows);
  return (atUs) => {
    if (setup && holds(setup, atUs)) return 'setup';
    if (warmup && holds(warmup, atUs)) return 'warmup';
    const window = sorted[firstEndingAfter(sorted, atUs)];
    return window && holds(window, atUs) ? 'predictions' : 'outside';
  };
}
