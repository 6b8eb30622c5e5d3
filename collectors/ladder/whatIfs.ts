import type { RungPage, SessionChange } from '../../src/bundle/rungPage.js';
import { type Framework, type FrameworkId, frameworks, isGpuBackend } from '../frameworks.js';
import { asUsed, type LadderRun, type Rung } from './rungs.js';

/** A run of which something can be changed. */
export interface WhatIfRun extends LadderRun {
  readonly framework: FrameworkId;
  /** How many dimensions the model leaves free by name. */
  readonly freeDimensions: number;
  /** The other frameworks, and why each cannot run the same network; null: it can. */
  readonly others: readonly { readonly framework: FrameworkId; readonly lack: string | null }[];
}

/** A thing of the page as used that side runs change, to see what it would gain or cost. */
interface WhatIf {
  /** One line for the command's help. */
  readonly what: string;
  /** Up to which part of the largest value outputs count as equal to those of the page as used. */
  readonly tolerance: number;
  /** The side runs: most have one. None: there is nothing to choose from, which `nothing` says. */
  variants(run: WhatIfRun): readonly Variant[];
  readonly nothing?: string;
}

interface Variant {
  /** Stands behind the id, as in `build.jsep`; null for an only one. */
  readonly suffix: string | null;
  /** Why it cannot be asked of this run; null if it can. */
  readonly lack: string | null;
  change(rung: Rung): Rung;
}

/** The same operations in the same order: each rounds as before. */
const SAME_ROUNDING = 1e-5;
/**
 * A fused multiply-add rounds once where two operations round twice, so results move by about as much as each of them is off: in the
 * default model by 1.3e-5 of the largest value. Computed in doubles, the published module is off by 1.1e-5 there, the fused one by
 * 0.9e-5, and native by 2.0e-5: fused is no less exact.
 */
const OTHER_ROUNDING = 1e-4;
/** Another order of additions, as between native and browser: see `compareOutputs`. */
const OTHER_KERNELS = 1e-3;

const inPage = (rung: Rung, page: Partial<RungPage>): Rung => ({ ...rung, page: { ...rung.page, ...page } });
const fused = (rung: Rung): Rung => inPage(rung, { modules: 'fused' });
const wide = (rung: Rung): Rung => ({ ...rung, v8Flags: [...rung.v8Flags, '--wasm-revectorize'] });

const onWasm = ({ backend }: WhatIfRun): string | null =>
  isGpuBackend(backend) ? 'the model runs on the GPU, and this is about Wasm code' : null;
const withVectors = (run: WhatIfRun): string | null =>
  onWasm(run) ?? (run.simd === false ? 'the modules have no vector instructions' : null);

const one =
  (lack: (run: WhatIfRun) => string | null, change: (rung: Rung) => Rung): WhatIf['variants'] =>
  (run) => [{ suffix: null, lack: lack(run), change }];

/** Another way to use the session, where the framework has it on this backend. */
const inSession = (
  change: Exclude<SessionChange, 'anew'>,
  lack: (run: WhatIfRun) => string | null = () => null,
): WhatIf['variants'] =>
  one(
    (run) => {
      const { title, sessionChanges }: Framework = frameworks[run.framework];
      const isPossible = sessionChanges[change]?.includes(run.backend) ?? false;
      return isPossible ? lack(run) : `${title} has no such setting on ${run.backend}`;
    },
    (rung) => inPage(rung, { session: [change] }),
  );

/** By the id of the side run, or by the part of it before the suffix. */
export const whatIfs = {
  /** What two runs of one thing differ by is what no other difference can be told from. */
  same: {
    what: 'the same again, which shows how far the others can be trusted',
    tolerance: SAME_ROUNDING,
    variants: one(
      () => null,
      (rung) => rung,
    ),
  },
  fma: {
    what: 'multiply-adds of the very module fused (relaxed SIMD)',
    tolerance: OTHER_ROUNDING,
    variants: one(withVectors, fused),
  },
  width: {
    what: 'vectors of 256 bits in place of 128, where V8 can pair them',
    tolerance: SAME_ROUNDING,
    variants: one(withVectors, wide),
  },
  'width.fma': {
    what: 'both: wider vectors, and fused multiply-adds',
    tolerance: OTHER_ROUNDING,
    variants: one(withVectors, (rung) => fused(wide(rung))),
  },
  build: {
    what: 'another of the framework’s own builds',
    // LiteRT.js has builds of one source with fused multiply-adds and without.
    tolerance: OTHER_ROUNDING,
    variants: ({ framework, backend, threads, simd }) =>
      Object.entries((frameworks[framework] as Framework).builds)
        .filter(([, { backends }]) => backends.includes(backend))
        .map(([build, { oneThread }]) => ({
          suffix: build,
          lack:
            simd === false
              ? 'the modules were to be without vector instructions, and this has them'
              : oneThread && threads > 1
                ? 'it is about one thread, and the page has several'
                : null,
          change: (rung) => inPage(rung, { build }),
        })),
    nothing: 'the framework has no other build for this backend',
  },
  session: {
    what: 'the session created anew for each prediction',
    tolerance: SAME_ROUNDING,
    variants: one(
      () => null,
      (rung) => inPage(rung, { session: ['anew'] }),
    ),
  },
  io: {
    what: 'outputs left on the GPU in place of reading them back',
    tolerance: SAME_ROUNDING,
    variants: inSession('outputs-left'),
  },
  shapes: {
    what: 'the model’s free dimensions fixed when the session is created',
    tolerance: SAME_ROUNDING,
    variants: inSession('fixed-shapes', ({ freeDimensions }) =>
      freeDimensions > 0 ? null : 'the model leaves no dimension free by name',
    ),
  },
  graph: {
    what: 'the GPU’s work recorded once and replayed, with inputs written into the same buffers',
    tolerance: SAME_ROUNDING,
    variants: inSession('captured-graph'),
  },
  library: {
    what: 'the same network in the other frameworks',
    tolerance: OTHER_KERNELS,
    variants: ({ others, simd, backend }) =>
      others.map(({ framework, lack }) => ({
        suffix: framework,
        lack: simd === false ? 'the modules were to be without vector instructions, and its have them' : lack,
        change: (rung) =>
          inPage(
            { ...rung, simd: (frameworks[framework] as Framework).switchesSimd && backend === 'wasm' ? true : null },
            { framework },
          ),
      })),
    nothing: 'there is no other framework',
  },
  isolation: {
    what: 'without cross-origin isolation, and so with one thread',
    tolerance: SAME_ROUNDING,
    variants: one(
      ({ threadsIfIsolated }) => (threadsIfIsolated === undefined ? null : 'the page is not isolated, which the ladder measures'),
      (rung) => inPage({ ...rung, threads: 1 }, { isolated: false }),
    ),
  },
} as const satisfies Record<string, WhatIf>;

export type WhatIfId = keyof typeof whatIfs;

export const WHAT_IFS = Object.keys(whatIfs) as WhatIfId[];

export interface AskedRungs {
  readonly rungs: readonly Rung[];
  /** By the id of the rung; see `tolerance` above. */
  readonly tolerances: ReadonlyMap<string, number>;
  readonly lacks: readonly { readonly id: string; readonly why: string }[];
}

/** The side runs that were asked for and can be made; for the others, why not. */
export function whatIfRungs(run: WhatIfRun, asked: readonly WhatIfId[]): AskedRungs {
  const used: Rung = { ...asUsed(run), side: true };
  const rungs: Rung[] = [];
  const tolerances = new Map<string, number>();
  const lacks: { id: string; why: string }[] = [];
  for (const name of asked) {
    const { variants, tolerance, nothing }: WhatIf = whatIfs[name];
    const all = variants(run);
    if (all.length === 0 && nothing !== undefined) lacks.push({ id: name, why: nothing });
    for (const { suffix, lack, change } of all) {
      const id = suffix === null ? name : `${name}.${suffix}`;
      if (lack !== null) lacks.push({ id, why: lack });
      else {
        rungs.push({ ...change(used), id });
        tolerances.set(id, tolerance);
      }
    }
  }
  return { rungs, tolerances, lacks };
}
