import { PLAIN_PAGE, type RungPage } from '../../src/bundle/rungPage.js';
import { isGpuBackend } from '../frameworks.js';

/** One run of the ladder. */
export interface Rung {
  /**
   * In the chain: the effect that the step from the rung below measures; `native` is the bottom. For a side run: the changed
   * factor. Stable, since it appears in `--json`.
   */
  readonly id: string;
  /** A side run, which is not part of the chain. It shows what would happen with one change. */
  readonly side: boolean;
  readonly runtime: 'native' | 'browser';
  /** Backend of the framework in the page; for a native rung the provider, `cpu` or `webgpu`. */
  readonly backend: string;
  readonly threads: number;
  readonly on: 'worker' | 'main';
  /** Switches for V8 that take a factor away. */
  readonly v8Flags: readonly string[];
  /** False: the framework's modules without SIMD. Null if it has no such choice, and for native rungs. */
  readonly simd: boolean | null;
  /** The page that it opens; meaningless for native rungs. */
  readonly page: RungPage;
}

/** The run that the ladder explains. */
export interface LadderRun {
  readonly backend: string;
  readonly threads: number;
  readonly on: 'worker' | 'main';
  readonly cores: number;
  /** As in the run; null if the framework has no such choice. */
  readonly simd: boolean | null;
  /** Only for a page without cross-origin isolation: the threads that it would get with isolation. */
  readonly threadsIfIsolated?: number | undefined;
}

/** A property of the browser's run that a switch takes away. */
interface Factor {
  /** Id of the rung that gives the factor back, and so of its effect. */
  readonly id: string;
  /** Whether the run has this factor. */
  has(run: LadderRun): boolean;
  /** The same rung without the factor. */
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
 * The chain of the ladder, bottom first: native; the browser without any removable factor; then one factor given back per step,
 * up to the page as used. The difference of each step is one effect, and by construction the effects sum to the gap.
 *
 * On the CPU there are two native rungs: with all cores, and with the browser's threads. If the page is not isolated, its lack of
 * isolation is the last step, since threads and everything that depends on them go with it. On the GPU, native is the WebGPU
 * provider, and the browser's rungs begin with WebGPU in a worker; all of them have the threads and isolation of the page as
 * used.
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
    page: PLAIN_PAGE,
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

/** The page as used, which is the top of the chain. */
export function asUsed({ backend, threads, on, simd, threadsIfIsolated }: LadderRun): Rung {
  const isolated = threadsIfIsolated === undefined;
  const page = { ...PLAIN_PAGE, isolated };
  return { id: 'used', side: false, runtime: 'browser', backend, threads, on, v8Flags: [], simd, page };
}
