import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import { isSoftwareRenderer } from '../../src/bundle/isSoftwareRenderer.js';
import type { Manifest } from '../../src/bundle/manifest.js';
import type { Trace } from '../../src/trace/trace.js';
import type { GpuCallRow, GpuDevice, GpuPrograms, GpuUse } from '../analysis.js';
import type { FoundWindows } from '../windows.js';
import { callSite } from './callSite.js';
import { deviceClock } from './deviceClock.js';
import { callKind } from './gpuCalls.js';
import { type GpuCall, gpuPhases } from './gpuPhases.js';
import type { RealmOnTrace } from './gpuRealm.js';
import type { GpuTimeline } from './gpuTimeline.js';
import { phaseAt } from './phaseAt.js';

const SHOWN = 24;

/**
 * What the page asked of the GPU, by phase, by program, and by call and place in a script.
 * @returns null where no log was kept that belongs to the trace
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

/** Each device once, however many contexts have it. */
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
