import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import { isSoftwareRenderer } from '../../src/bundle/gpuNames.js';
import type { Manifest } from '../../src/bundle/manifest.js';
import type { Trace } from '../../src/trace/trace.js';
import { callKind } from '../activity/gpu/calls.js';
import { deviceClock } from '../activity/gpu/deviceClock.js';
import type { RealmOnTrace } from '../activity/gpu/realm.js';
import type { GpuTimeline } from '../activity/gpu/timeline.js';
import type { FoundWindows } from '../activity/window.js';
import { type GpuCall, type GpuPhases, gpuPhases, phaseAt } from './phases.js';

/** What the page asked of the GPU, from the log of its calls. */
export interface GpuUse {
  readonly devices: readonly GpuDevice[];
  readonly phases: GpuPhases;
  readonly programs: GpuPrograms;
  /**
   * Warm-ups of the timing pass, without the hook, ms. Each is in a fresh page, but all are in one browser, so only the first
   * finds the browser's caches empty. Empty without a timing pass.
   */
  readonly warmupsMs: readonly number[];
  /**
   * Calls that wait for an answer or move bytes, by name and call site. Sorted by their cost in predictions, then in the warm-up.
   */
  readonly calls: readonly GpuCallRow[];
  readonly callsLeftOut: number;
  /** Peak size of the page's buffers, and their size at the end; null where the API does not tell. */
  readonly memory: { readonly peakBytes: number; readonly heldBytes: number } | null;
  /** Accuracy of the device's times on the trace clock; null where the device reported none. */
  readonly clock: { readonly errorMs: number | null } | null;
  /** Devices and contexts that were lost, and validation errors. Untrusted text. */
  readonly losses: readonly string[];
  readonly errors: readonly string[];
  /** Calls that the log left out because there were too many. */
  readonly dropped: number;
}

export interface GpuDevice {
  readonly api: 'webgpu' | 'webgl';
  readonly vendor: string;
  readonly architecture: string;
  /** As the API describes it. Untrusted text. */
  readonly description: string;
  /** Computed by the CPU, without a GPU. */
  readonly software: boolean;
  /** How the device's time is known: from timestamps of each pass, from the length of runs of draws, or not at all. */
  readonly timing: 'timestamps' | 'elapsed' | 'none';
}

export interface GpuPrograms {
  /** Number of calls that made one. */
  readonly count: number;
  /** Those of them whose exact source had been compiled before. */
  readonly repeated: number;
  readonly inPredictions: number;
  /** Most often made first; 24 at most. */
  readonly rows: readonly {
    readonly call: string;
    /** The page's label for it; null where it has none. Untrusted text. */
    readonly label: string | null;
    /** Length of its source; null for a pipeline. */
    readonly characters: number | null;
    readonly count: number;
    readonly setup: number;
    readonly warmup: number;
    readonly predictions: number;
    /** Time until it was ready, where the page asked to be notified; otherwise the time in the calls alone. */
    readonly ms: number;
    readonly site: CallSite | null;
  }[];
  readonly rowsLeftOut: number;
}

export interface GpuCallRow {
  readonly call: string;
  /** upload, readback, roundTrip, poll, submission. */
  readonly kind: string;
  readonly site: CallSite | null;
  /** Over the whole trace. */
  readonly count: number;
  /** Mean of a window. */
  readonly perPrediction: { readonly count: number; readonly ms: number; readonly bytes: number };
  readonly warmup: { readonly count: number; readonly ms: number; readonly bytes: number };
  readonly longestMs: number;
}

/** Position in a script from which a call was made. Untrusted text. */
export interface CallSite {
  readonly function: string | null;
  readonly script: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** The whole stack, innermost first. */
  readonly stack: readonly string[];
}

const SHOWN = 24;

/**
 * What the page asked of the GPU, by phase, by program, and by call and call site.
 * @returns null where there is no log that belongs to the trace
 */
export function gpuUse(
  trace: Trace,
  found: FoundWindows,
  realms: readonly RealmOnTrace[],
  timelines: ReadonlyMap<number, GpuTimeline>,
  manifest: Manifest | null,
): GpuUse | null {
  if (realms.length === 0) return null;
  const logs = realms.map(({ log }) => log);
  const phaseOf = phaseAt(found);
  const calls = realms.flatMap(({ log, toTraceUs }) =>
    log.calls.atMs.flatMap((atMs, row): GpuCall[] => {
      const name = log.names[log.calls.name[row]!]!;
      const kind = callKind(name);
      if (kind === null) return [];
      const doneMs = log.calls.doneMs[row]!;
      const ms = doneMs >= 0 ? doneMs - atMs : log.calls.tookMs[row]!;
      return [{ log, row, name, kind, phase: phaseOf(toTraceUs(atMs)), ms }];
    }),
  );
  const clocks = realms.map(deviceClock).filter((clock) => clock !== null);
  const worst = clocks.reduce<number | null>(
    (most, { errorUs }) => (most === null || errorUs === null ? null : Math.max(most, errorUs)),
    0,
  );
  return {
    devices: devices(logs),
    phases: gpuPhases(trace, found, phaseOf, calls, realms, timelines),
    programs: programs(calls),
    warmupsMs: manifest?.timingPass.setups.map(({ warmupMs }) => warmupMs) ?? [],
    ...callRows(calls, found.windows.length),
    memory: memory(calls),
    clock: clocks.length > 0 ? { errorMs: worst === null ? null : worst / 1000 } : null,
    losses: logs.flatMap(({ losses }) => losses.map(({ reason }) => reason)),
    errors: logs.flatMap(({ errors }) => errors),
    dropped: logs.reduce((sum, { dropped }) => sum + dropped, 0),
  };
}

/** Each device once, even if several contexts use it. */
function devices(realms: readonly GpuRealm[]): GpuDevice[] {
  const known = new Map<string, GpuDevice>();
  for (const { fallback, ...adapter } of realms.flatMap(({ adapters }) => adapters)) {
    const named = [adapter.vendor, adapter.architecture, adapter.description].join(' ');
    const device = { ...adapter, software: fallback === true || isSoftwareRenderer(named) };
    known.set(JSON.stringify(device), device);
  }
  return [...known.values()];
}

function programs(calls: readonly GpuCall[]): GpuPrograms {
  const made = calls.filter(({ kind }) => kind === 'program');
  const groups = grouped(made, ({ log, row, name }) => [log.clock.mark, name, log.calls.program[row]].join(' '));
  const rows = groups.map((group) => {
    const { log, row, name } = group[0]!;
    const program = log.programs[log.calls.program[row]!];
    const ofSource = name === 'createShaderModule' || name === 'compileShader';
    return {
      call: name,
      label: program?.label || null,
      characters: ofSource && program ? program.characters : null,
      count: group.length,
      setup: group.filter(({ phase }) => phase === 'setup').length,
      warmup: group.filter(({ phase }) => phase === 'warmup').length,
      predictions: group.filter(({ phase }) => phase === 'predictions').length,
      ms: group.reduce((sum, { ms }) => sum + ms, 0),
      site: siteOf(group[0]!),
    };
  });
  rows.sort((a, b) => b.predictions - a.predictions || b.count - a.count || b.ms - a.ms);
  return {
    count: made.length,
    repeated: made.length - groups.length,
    inPredictions: made.filter(({ phase }) => phase === 'predictions').length,
    rows: rows.slice(0, SHOWN),
    rowsLeftOut: Math.max(0, rows.length - SHOWN),
  };
}

function callRows(calls: readonly GpuCall[], windows: number): Pick<GpuUse, 'calls' | 'callsLeftOut'> {
  const wanted = calls.filter(({ kind }) => kind !== 'program' && kind !== 'allocation');
  const groups = grouped(wanted, ({ log, row, name }) => [log.clock.mark, name, log.calls.site[row]].join(' '));
  const rows = groups.map((group): GpuCallRow => {
    const within = (wanted: GpuCall['phase'], parts: number): GpuCallRow['warmup'] => {
      const inside = group.filter(({ phase }) => phase === wanted);
      const mean = (value: (call: GpuCall) => number): number => inside.reduce((sum, call) => sum + value(call), 0) / parts;
      return {
        count: mean(() => 1),
        ms: mean(({ ms }) => ms),
        bytes: mean(({ log, row }) => Math.max(0, log.calls.bytes[row]!)),
      };
    };
    return {
      call: group[0]!.name,
      kind: group[0]!.kind,
      site: siteOf(group[0]!),
      count: group.length,
      perPrediction: within('predictions', Math.max(1, windows)),
      warmup: within('warmup', 1),
      longestMs: group.reduce((most, { ms }) => Math.max(most, ms), 0),
    };
  });
  rows.sort((a, b) => b.perPrediction.ms - a.perPrediction.ms || b.warmup.ms - a.warmup.ms || b.count - a.count);
  return { calls: rows.slice(0, SHOWN), callsLeftOut: Math.max(0, rows.length - SHOWN) };
}

function memory(calls: readonly GpuCall[]): GpuUse['memory'] {
  const allocations = calls.filter(({ kind }) => kind === 'allocation');
  if (allocations.length === 0) return null;
  let heldBytes = 0;
  let peakBytes = 0;
  for (const { log, row } of allocations) {
    heldBytes += log.calls.bytes[row]!;
    peakBytes = Math.max(peakBytes, heldBytes);
  }
  return { peakBytes, heldBytes };
}

function grouped(calls: readonly GpuCall[], key: (call: GpuCall) => string): GpuCall[][] {
  const groups = new Map<string, GpuCall[]>();
  for (const call of calls) {
    const known = groups.get(key(call));
    if (known) known.push(call);
    else groups.set(key(call), [call]);
  }
  return [...groups.values()];
}

function siteOf({ log, row }: GpuCall): GpuCallRow['site'] {
  const stack = log.sites[log.calls.site[row]!];
  return stack === undefined ? null : callSite(stack);
}

const MOST_FRAMES = 8;
/** `name (url:line:column)` or `url:line:column`. https://v8.dev/docs/stack-trace-api */
const FRAME = /^(?:(.*?) )?\(?([^\s()]+):(\d+):(\d+)\)?$/;

/** The innermost script position in a stack as V8 writes it. @returns null where there is none */
export function callSite(stack: string): CallSite | null {
  const frames = stack.split('\n');
  for (const frame of frames) {
    const [, name, script, line, column] = FRAME.exec(frame) ?? [];
    if (script === undefined) continue;
    return {
      function: name ? name.replace(/^async /, '') : null,
      script,
      line: Number(line),
      column: Number(column),
      stack: frames.slice(0, MOST_FRAMES),
    };
  }
  return null;
}
