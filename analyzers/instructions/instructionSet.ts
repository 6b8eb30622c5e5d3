import type { Baseline, Manifest } from '../../src/bundle/manifest.js';
import { percent } from '../../src/view/format.js';
import type { IndexedModule, SampledFunction } from '../activity/wasmFunctions.js';
import type { WasmFunctionTime } from '../functions/wasmUse.js';
import { gapChain } from '../gap/ladder.js';
import { contention, isa } from '../partition/causes/index.js';

/** What the CPU supports, what of it the modules can use, and what ran in the windows. */
export interface InstructionSet {
  /** From its feature flags; null where unknown. */
  readonly cpu: {
    /** Null where vectors have no fixed width. */
    readonly vectorBits: number | null;
    readonly fusedMultiplyAdd: boolean;
  } | null;
  /** Functions whose hot loops work on one number at a time. */
  readonly scalar: InstructionUse;
  /** Functions whose hot loops work on 128-bit vectors, relaxed SIMD included. */
  readonly simd128: InstructionUse;
  readonly relaxed: InstructionUse;
  /** `share` is that of all threads but the owners of windows. */
  readonly threads: InstructionUse;
  /**
   * Ratio of the arithmetic in the CPU's widest instruction to that in the instructions that ran most. From the CPU's features,
   * not measured.
   */
  readonly bound: { readonly factor: number; readonly why: string } | null;
  /** What the ladder's probes reached, in one sentence; null without a ladder. */
  readonly measured: string | null;
}

export interface InstructionUse {
  /** Whether it ran; null if unknown. */
  readonly ran: boolean | null;
  /** Share of the self time of all Wasm in the windows, on all threads; null if unknown. */
  readonly share: number | null;
  /** Whether the modules that ran have such instructions in any function; null without their bytes. */
  readonly held: boolean | null;
  /** One or two sentences. May contain names from the module: untrusted text. */
  readonly why: string;
}

const NAMED = 3;

/**
 * Which instructions ran, and why others did not. That a module has no such instruction is a statement about all its functions,
 * not only the sampled ones (holdsFeature). What ran is known from the hot loops of the functions that took the windows' time.
 * @param times of all Wasm functions in the windows
 * @param owners threads that own windows, as `times` names them
 * @returns null if no Wasm ran in the windows
 */
export function instructionUse(
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
  const inCauses = (...ids: readonly string[]): Part =>
    part(
      times.map(partIn(ids)).filter(({ selfMs }) => selfMs > 0),
      allMs,
    );
  const seen: Seen = {
    scalar: inCauses(isa.scalar.id),
    vector: inCauses(isa.simd128.id, isa.relaxed.id),
    relaxed: inCauses(isa.relaxed.id),
    unknown: of(({ cause }) => cause === null || cause === isa.unknown.id),
    beside: of(({ thread }) => !owners.has(thread)),
    polledBeside: of(({ thread, cause }) => !owners.has(thread) && cause === contention.spin.id),
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

/** What of a function's time is of some causes. */
const partIn =
  (ids: readonly string[]) =>
  ({ name, selfMs, cause, causes }: WasmFunctionTime): NamedTime => {
    const all = causes.length > 0 ? causes : [{ cause, share: 1 }];
    const share = all.reduce((sum, each) => sum + (each.cause !== null && ids.includes(each.cause) ? each.share : 0), 0);
    return { name, selfMs: selfMs * share };
  };

type NamedTime = Pick<WasmFunctionTime, 'name' | 'selfMs'>;

/** A group of functions with their time. */
interface Part {
  /** Share of all Wasm self time. */
  readonly share: number;
  /** The largest functions with their shares, as text. */
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

function part(times: readonly NamedTime[], allMs: number): Part {
  const byName = new Map<string, number>();
  for (const { name, selfMs } of times) byName.set(name, (byName.get(name) ?? 0) + selfMs);
  const largest = [...byName].sort((a, b) => b[1] - a[1]).slice(0, NAMED);
  return {
    share: times.reduce((sum, { selfMs }) => sum + selfMs, 0) / allMs,
    names: largest.map(([name, ms]) => `${short(name)} ${percent(ms / allMs, 1)}`).join(', '),
  };
}

function scalarUse({ scalar, unknown }: Seen): InstructionUse {
  const held = unknown.share < 1 ? true : null;
  if (scalar.share > 0) return { ran: true, share: scalar.share, held, why: `Largest: ${scalar.names}.` };
  if (unknown.share > 0) return unknownUse(unknown, held);
  return { ran: false, share: 0, held, why: 'No function that took time works on one number at a time in its hot loops.' };
}

function simdUse({ vector, scalar, unknown, modules }: Seen, manifest: Manifest | null): InstructionUse {
  const relaxed = heldBy(modules, 'relaxed-simd');
  const held = relaxed === true ? true : heldBy(modules, 'simd128');
  if (vector.share > 0) {
    return { ran: true, share: vector.share, held, why: `Largest: ${vector.names}.` };
  }
  if (unknown.share > 0 || held === null) return unknownUse(unknown, held);
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
  if (unknown.share > 0 || held === null) return unknownUse(unknown, held);
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
    const polled = polledBeside.share > 0 ? `, ${percent(polledBeside.share / beside.share, 1)} of that polling` : '';
    return beside.share > 0
      ? use(
          true,
          `${framework.threads} threads; ${percent(beside.share, 1)} of the Wasm time was on ${framework.threads > 2 ? 'the others' : 'the other'}${polled}.`,
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

function unknownUse({ share }: Part, held: boolean | null): InstructionUse {
  const why =
    share > 0
      ? `For ${percent(share, 1)} of the Wasm time the instructions are unknown: the bytes of the module are missing or cannot be decoded.`
      : 'A function of the module that could hold such instructions cannot be decoded.';
  return { ran: null, share: null, held, why };
}

/** Whether any of the modules has the feature; null if none is known to. */
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

const short = (name: string): string => (name.length > 60 ? `${name.slice(0, 59)}…` : name);

/** Widest vectors first, by the Linux kernel's names of CPU features. */
const WIDTHS: readonly (readonly [feature: string, bits: number | null])[] = [
  ['avx512f', 512],
  ['avx2', 256],
  ['avx', 256],
  // Scalable vectors: the flags do not tell their width.
  ['sve2', null],
  ['sve', null],
  ['asimd', 128],
  ['sse4_2', 128],
  ['sse2', 128],
];

/** AVX-512F and Arm's vectors have fused multiply-add without a flag of its own. */
const FUSED = ['fma', 'avx512f', 'asimd', 'sve', 'sve2'];

/** The CPU's widest vectors and whether it has fused multiply-add; null where its features are unknown. */
function cpuVectors(features: readonly string[] | null): InstructionSet['cpu'] {
  const widest = WIDTHS.find(([feature]) => features?.includes(feature));
  if (!features || !widest) return null;
  return { vectorBits: widest[1], fusedMultiplyAdd: FUSED.some((feature) => features.includes(feature)) };
}

const FLOAT_BITS = 32;
const WASM_VECTOR_BITS = 128;

/**
 * Ratio of the float arithmetic in the CPU's widest instruction to that in the instructions that took most of the Wasm time: the
 * ratio of vector widths, doubled for fused multiply-add. An upper bound from the CPU's features, not a measurement.
 * @param shares of the Wasm time; simd128 includes relaxed SIMD
 * @returns null where the CPU's width is unknown, or neither scalar nor vector code ran
 */
function widthBound(
  cpu: NonNullable<InstructionSet['cpu']>,
  shares: { readonly scalar: number; readonly simd128: number; readonly relaxed: number },
): InstructionSet['bound'] {
  if (cpu.vectorBits === null || shares.scalar + shares.simd128 === 0) return null;
  const vectors = shares.simd128 >= shares.scalar;
  const fused = vectors && 2 * shares.relaxed >= shares.simd128;
  const bits = vectors ? WASM_VECTOR_BITS : FLOAT_BITS;
  const factor = (cpu.vectorBits / bits) * (cpu.fusedMultiplyAdd && !fused ? 2 : 1);
  const floats = cpu.vectorBits / FLOAT_BITS;
  const has = `This CPU’s vectors hold ${floats} floats (${cpu.vectorBits} bits), ${cpu.fusedMultiplyAdd ? 'with' : 'without'} fused multiply-add`;
  const ran = vectors
    ? `most of the Wasm time goes to vectors of ${bits / FLOAT_BITS} (${bits} bits), ${fused ? 'with' : 'without'} it`
    : 'most of the Wasm time goes to code that computes one number at a time';
  return {
    factor,
    why: `${has}; ${ran}: at most ${factor} times as much arithmetic per instruction. That follows from the CPU’s features and is not measured; memory, and units that take a wide vector in two steps, leave less.`,
  };
}

/**
 * Why the framework took fewer threads than were asked for. The notes and the instruction set share this text.
 * @returns null if it took them all, or did not report its threads
 */
export function fewerThreads({ workload, framework, ladder }: Manifest, baseline: Baseline | null): string | null {
  // On a GPU backend, threads are not what computes.
  if (!framework || workload.backend !== 'wasm' || framework.threads >= workload.threadsAsked) return null;
  // A ladder has a native run of its own: of a page that is not isolated with the threads that it would have.
  const given = ladder?.replicates.length ? gapChain(ladder).chain[0]!.threads : baseline?.threads;
  const native =
    given !== undefined && given < workload.threadsAsked
      ? ` The native run was given ${given} too, so the gap does not hold the difference.`
      : '';
  return `${framework.threads} of the ${workload.threadsAsked} threads asked for: ${reason(workload, framework)}.${native}`;
}

function reason(workload: Manifest['workload'], framework: NonNullable<Manifest['framework']>): string {
  if (!framework.crossOriginIsolated) {
    return `the page is not cross-origin isolated${workload.isolated ? '' : ' (--isolation off)'}`;
  }
  return workload.simd === false ? 'the framework has threads only together with SIMD' : 'the framework took no more';
}

/** What a framework's published Wasm modules can do. */
export interface PublishedBuilds {
  readonly package: string;
  /** The version that was inspected. Nothing is claimed of other versions. */
  readonly version: string;
  /** Why none of the modules has relaxed SIMD, as the end of a sentence. */
  readonly noRelaxed: string;
}

/** By the id of the framework. test/analyzers/instructions/publishedBuilds.test.ts checks every module of the installed packages. */
export const publishedBuilds: ReadonlyMap<string, PublishedBuilds> = new Map([
  [
    'ort',
    {
      package: 'onnxruntime-web',
      version: '1.30.0',
      // https://github.com/microsoft/onnxruntime/pull/22794
      noRelaxed:
        'none of the modules that onnxruntime-web 1.30.0 ships has any; one’s own build of it can, with --enable_wasm_relaxed_simd',
    },
  ],
  [
    'tfjs',
    {
      package: '@tensorflow/tfjs-backend-wasm',
      version: '4.22.0',
      noRelaxed: 'none of the three modules that TF.js 4.22.0 ships has any',
    },
  ],
]);
