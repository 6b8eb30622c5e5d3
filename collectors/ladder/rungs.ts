import { isGpuBackend } from '../frameworks.js';

/** One run of the ladder. */
export interface Rung {
  /**
   * In the chain: the effect that the step from the rung below measures; `native` is the bottom. Beside it: what is asked. Stable:
   * it appears in `--json`.
   */
  readonly id: string;
  /** Not part of the chain: a run beside it that answers what would happen if. */
  readonly side: boolean;
  readonly runtime: 'native' | 'browser';
  /** Of the framework in the page; natively the provider: `cpu` or `webgpu`. */
  readonly backend: string;
  readonly threads: number;
  readonly on: 'worker' | 'main';
  /** Switches for V8 that take a factor away. */
  readonly v8Flags: readonly string[];
  /** False: the framework's modules without SIMD. Null where it has no others, and natively. */
  readonly simd: boolean | null;
  /** Whether the page is cross-origin isolated; natively it says nothing. */
  readonly isolated: boolean;
}

/** The run that the ladder explains. */
export interface LadderRun {
  readonly backend: string;
  readonly threads: number;
  readonly on: 'worker' | 'main';
  readonly cores: number;
  /** As in the run; null where the framework leaves no choice. */
  readonly simd: boolean | null;
  /** Only of a page without cross-origin isolation: the threads that it would be given with it. */
  readonly threadsIfIsolated?: number | undefined;
}

/** Something about the browser's run that a switch takes away. */
interface Factor {
  /** Of the rung that gives it back, and so of its effect. */
  readonly id: string;
  /** Whether the run has it at all. */
  has(run: LadderRun): boolean;
  /** The same rung without it. */
  without(rung: Rung): Rung;
}

const v8Switch = (id: string, flag: string): Factor => ({
  id,
  has: ({ backend }) => !isGpuBackend(backend),
  without: (rung) => ({ ...rung, v8Flags: [flag, ...rung.v8Flags] }),
});

/** In the order in which they are given back, from the stripped-down browser to the page as used. */
const FACTORS: readonly Factor[] = [
  v8Switch('runtime.tier', '--no-liftoff'),
  v8Switch('runtime.stack', '--no-wasm-stack-checks'),
  v8Switch('runtime.bounds', '--no-wasm-bounds-checks'),
  { id: 'isa.simd', has: ({ simd }) => simd === false, without: (rung) => ({ ...rung, simd: true }) },
  { id: 'gpu.webgl', has: ({ backend }) => backend === 'webgl', without: (rung) => ({ ...rung, backend: 'webgpu' }) },
  { id: 'contention.page', has: ({ on }) => on === 'main', without: (rung) => ({ ...rung, on: 'worker' }) },
];

/**
 * The chain of the ladder, bottom first: native; the browser with every factor taken away that can be; then one factor given back at
 * a time, until it is the page as used. Each step's difference is one effect, and all of them sum to the gap by construction.
 *
 * On the CPU there are two native rungs, with all cores and with the browser's threads, and the isolation of a page that has none is given
 * back last: with it go the threads, and what depends on them. On the GPU native is the WebGPU provider, and the browser's
 * rungs begin with WebGPU in a worker; threads and isolation are those of the page as used in all of them.
 */
export function rungsOf(run: LadderRun): Rung[] {
  const { threadsIfIsolated, ...isolated } = run;
  if (threadsIfIsolated === undefined || isGpuBackend(run.backend)) return [...nativeRungs(run), ...browserRungs(run)];
  const same = { ...isolated, threads: threadsIfIsolated };
  return [...nativeRungs(same), ...browserRungs(same), { ...asUsed(run), id: 'threads.isolation' }];
}

function nativeRungs({ backend, threads, cores }: LadderRun): Rung[] {
  const native: Rung = {
    id: 'native',
    side: false,
    runtime: 'native',
    backend: 'cpu',
    threads: Math.max(cores, threads),
    on: 'worker',
    v8Flags: [],
    simd: null,
    isolated: true,
  };
  if (isGpuBackend(backend)) return [{ ...native, backend: 'webgpu', threads }];
  return threads < cores ? [native, { ...native, id: 'threads', threads }] : [native];
}

function browserRungs(run: LadderRun): Rung[] {
  const factors = FACTORS.filter((factor) => factor.has(run));
  const strippedOf = (id: string, from: number): Rung =>
    factors.slice(from).reduce((rung, factor) => factor.without(rung), { ...asUsed(run), id });
  const bottom = strippedOf(isGpuBackend(run.backend) ? 'gpu.browser' : 'isa+library', 0);
  return [bottom, ...factors.map(({ id }, i) => strippedOf(id, i + 1))];
}

/** The page as it is, which is the chain's top. */
export function asUsed({ backend, threads, on, simd, threadsIfIsolated }: LadderRun): Rung {
  const isolated = threadsIfIsolated === undefined;
  return { id: 'used', side: false, runtime: 'browser', backend, threads, on, v8Flags: [], simd, isolated };
}
