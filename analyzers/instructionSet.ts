import type { Baseline, Manifest } from '../src/bundle/manifest.js';
import type { InstructionSet, InstructionUse, WasmFunctionTime } from './analysis.js';
import { cpuVectors } from './cpuVectors.js';
import { fewerThreads } from './fewerThreads.js';
import { publishedBuilds } from './publishedBuilds.js';
import type { IndexedModule, SampledFunction } from './wasmFrames.js';
import { widthBound } from './widthBound.js';

const NAMED = 3;

/**
 * Which instructions ran, and why not the others. That a module holds none is said of all its functions, not of those that were
 * sampled (holdsFeature). What ran is told by the hot loops of the functions that took the windows' time.
 * @param times of all Wasm functions in the windows
 * @param owners threads that own windows, as `times` names them
 * @returns null if no Wasm ran in the windows
 */
export function instructionSet(
  times: readonly WasmFunctionTime[],
  owners: ReadonlySet<string>,
  functions: readonly (SampledFunction | null)[],
  manifest: Manifest | null,
  baseline: Baseline | null,
  machine: Manifest['machine'] | null,
): InstructionSet | null {
  const allMs = times.reduce((sum, { selfMs }) => sum + selfMs, 0);
  if (allMs === 0) return null;
  const of = (keep: (time: WasmFunctionTime) => boolean): Part => part(times.filter(keep), allMs);
  const seen: Seen = {
    scalar: of(({ cause }) => cause === 'isa.scalar'),
    vector: of(({ cause }) => cause === 'isa.simd128' || cause === 'isa.relaxed'),
    relaxed: of(({ cause }) => cause === 'isa.relaxed'),
    unknown: of(({ cause }) => cause === null || cause === 'isa.unknown'),
    beside: of(({ thread }) => !owners.has(thread)),
    polledBeside: of(({ thread, cause }) => !owners.has(thread) && cause === 'contention.spin'),
    threads: new Set(times.map(({ thread }) => thread)).size,
    modules: [...new Set(functions.flatMap((sampled) => (sampled?.module ? [sampled.module] : [])))],
  };
  const cpu = cpuVectors(machine?.vectorFeatures ?? null);
  return {
    cpu,
    scalar: scalarUse(seen),
    simd128: simdUse(seen, manifest),
    relaxed: relaxedUse(seen, manifest),
    threads: threadsUse(seen, manifest, baseline),
    bound: cpu && widthBound(cpu, { scalar: seen.scalar.share, simd128: seen.vector.share, relaxed: seen.relaxed.share }),
    measured: probesSentence(manifest?.ladder?.probes ?? null),
  };
}

/** Some of the functions with time. */
interface Part {
  /** Of all Wasm self time. */
  readonly share: number;
  /** The largest of them with their shares, to be read. */
  readonly names: string;
}

interface Seen {
  readonly scalar: Part;
  readonly vector: Part;
  readonly relaxed: Part;
  readonly unknown: Part;
  readonly beside: Part;
  readonly polledBeside: Part;
  readonly threads: number;
  readonly modules: readonly IndexedModule[];
}

function part(times: readonly WasmFunctionTime[], allMs: number): Part {
  const byName = new Map<string, number>();
  for (const { name, selfMs } of times) byName.set(name, (byName.get(name) ?? 0) + selfMs);
  const largest = [...byName].sort((a, b) => b[1] - a[1]).slice(0, NAMED);
  return {
    share: times.reduce((sum, { selfMs }) => sum + selfMs, 0) / allMs,
    names: largest.map(([name, ms]) => `${short(name)} ${percent(ms / allMs)}`).join(', '),
  };
}

function scalarUse({ scalar, unknown }: Seen): InstructionUse {
  const held = unknown.share < 1 ? true : null;
  if (scalar.share > 0) return { ran: true, share: scalar.share, held, why: `Largest: ${scalar.names}.` };
  if (unknown.share > 0) return untold(unknown, held);
  return { ran: false, share: 0, held, why: 'No function that took time works on one number at a time in its hot loops.' };
}

function simdUse({ vector, scalar, unknown, modules }: Seen, manifest: Manifest | null): InstructionUse {
  const relaxed = heldBy(modules, 'relaxed-simd');
  const held = relaxed === true ? true : heldBy(modules, 'simd128');
  if (vector.share > 0) {
    return { ran: true, share: vector.share, held, why: `Largest: ${vector.names}.` };
  }
  if (unknown.share > 0 || held === null) return untold(unknown, held);
  const why = held
    ? `The module has vector instructions, but not in the hot loops of what took time${scalar.share > 0 ? `, which are scalar: ${scalar.names}` : ''}.`
    : `${noneOf(modules)} holds a vector instruction: ${plainReason(manifest)}.`;
  return { ran: false, share: 0, held, why };
}

function plainReason(manifest: Manifest | null): string {
  if (manifest?.workload.simd === false) return 'the module without SIMD was asked for (--simd off)';
  if (manifest?.workload.simd === true) return 'the framework fell back to its module without SIMD';
  return 'it was built without SIMD';
}

function relaxedUse({ relaxed, unknown, modules }: Seen, manifest: Manifest | null): InstructionUse {
  const held = heldBy(modules, 'relaxed-simd');
  if (relaxed.share > 0) return { ran: true, share: relaxed.share, held, why: `Largest: ${relaxed.names}.` };
  if (unknown.share > 0 || held === null) return untold(unknown, held);
  if (held) {
    return { ran: false, share: 0, held, why: 'The module has relaxed SIMD, but not in the hot loops of what took time.' };
  }
  const builds = publishedBuilds.get(manifest?.workload.framework ?? '');
  const known = builds && builds.version === manifest?.framework?.version ? `; ${builds.noRelaxed}` : '';
  return { ran: false, share: 0, held, why: `${noneOf(modules)} holds relaxed SIMD${known}.` };
}

function threadsUse(seen: Seen, manifest: Manifest | null, baseline: Baseline | null): InstructionUse {
  const { beside, polledBeside, modules } = seen;
  const shared = modules.some(({ index }) => index.memories.some((memory) => memory.shared));
  const held = shared || heldBy(modules, 'threads');
  const use = (ran: boolean | null, why: string): InstructionUse => ({ ran, share: beside.share, held, why });
  const framework = manifest?.framework;
  if (!framework) {
    const many = seen.threads > 1;
    return use(
      many ? true : null,
      `Wasm ran on ${seen.threads === 1 ? 'one thread' : `${seen.threads} threads`} in the windows.`,
    );
  }
  if (framework.threads > 1) {
    const polled = polledBeside.share > 0 ? `, ${percent(polledBeside.share / beside.share)} of that polling` : '';
    return beside.share > 0
      ? use(
          true,
          `${framework.threads} threads; ${percent(beside.share)} of the Wasm time was on ${framework.threads > 2 ? 'the others' : 'the other'}${polled}.`,
        )
      : use(false, `The framework has ${framework.threads} threads, but none of the others was seen executing Wasm.`);
  }
  const fewer = fewerThreads(manifest, baseline);
  if (fewer) return use(false, fewer);
  const more = framework.crossOriginIsolated
    ? held === false
      ? ' The module that ran has no atomic instructions, so it could not use more.'
      : ''
    : ' The page is not cross-origin isolated, so there could not be more.';
  return use(false, `One thread was asked for, by --threads or its default (half the cores).${more}`);
}

function untold({ share }: Part, held: boolean | null): InstructionUse {
  const why =
    share > 0
      ? `For ${percent(share)} of the Wasm time the instructions are unknown: the bytes of the module are missing or cannot be decoded.`
      : 'A function of the module that could hold such instructions cannot be decoded.';
  return { ran: null, share: null, held, why };
}

/** Whether any of them does; null if none does as far as is known. */
function heldBy(modules: readonly IndexedModule[], feature: Parameters<IndexedModule['holds']>[0]): boolean | null {
  const each = modules.map((module) => module.holds(feature));
  if (each.includes(true)) return true;
  return each.length === 0 || each.includes(null) ? null : false;
}

function noneOf(modules: readonly IndexedModule[]): string {
  const functions = modules.reduce((sum, { index }) => sum + index.bodyStart.length, 0);
  const name = modules.length === 1 ? short(modules[0]!.url.split('/').at(-1) || 'the module') : `${modules.length} modules`;
  return `None of the ${functions} functions of ${name}`;
}

function probesSentence(probes: NonNullable<Manifest['ladder']>['probes']): string | null {
  if (!probes) return null;
  const speeds = (
    [
      ['scalar', probes.scalar],
      ['128-bit SIMD', probes.simd128],
      ['relaxed SIMD', probes.relaxed],
      ['the same matrix product in the browser', probes.browserProduct],
      ['and natively', probes.nativeProduct],
    ] as const
  ).flatMap(([name, speed]) => (speed === null ? [] : [`${name} ${speed.toFixed(1)}`]));
  return speeds.length > 0 ? `Measured here, one thread, GFLOP/s: ${speeds.join(', ')}.` : null;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const short = (name: string): string => (name.length > 60 ? `${name.slice(0, 59)}…` : name);
