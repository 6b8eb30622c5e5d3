import { mean } from 'simple-statistics';
import type { Interval } from '../../src/stats/interval.js';
import { type LadderEffect, ladderEffects } from '../../src/stats/ladderEffects.js';
import { pairedRungs } from '../../src/stats/pairedRungs.js';
import { studentInterval } from '../../src/stats/studentInterval.js';
import { gapChain, type Ladder, ladderChain, replicatesWith } from './ladder.js';

export interface Effect {
  /** `effect.tier`; for an unknown rung, the id of the rung. */
  readonly id: string;
  /**
   * Its name in earlier versions, after the rung that measures it. Some of these names are also ids of causes, with another
   * meaning.
   */
  readonly alias: string;
  readonly title: string;
  /** The part of the gap that goes away with the factor; negative if the factor helps. All effects sum to the gap. */
  readonly ms: number;
  readonly ci95Ms: Interval;
  /** How it was measured or bounded. */
  readonly evidence: string;
  /** What a user could do about it, and what that would gain. */
  readonly advice: string;
}

interface Factor {
  readonly id: `effect.${string}`;
  readonly title: string;
  readonly evidence: string;
  /** True if the author of the page, or of the run, can remove it. */
  readonly removable?: true;
  /** @param gain what removing the factor would save, ready to print */
  advice(gain: string): string;
}

/** The factors that the rungs of the ladder take away, by the id of the rung. */
const FACTORS: Readonly<Record<string, Factor>> = {
  isa: {
    id: 'effect.isa',
    title: 'Instruction set, at most',
    evidence: '',
    advice: (gain) =>
      `At most ${gain}: wider vectors and fused multiply-add, which Wasm has only in part. Whether relaxed SIMD would help is not measured; a GPU backend avoids the limit.`,
  },
  library: {
    id: 'effect.library',
    title: 'Library and the rest of the runtime, at least',
    evidence: '',
    advice: (gain) =>
      `${gain} is left when everything measured is taken away: kernels that the Wasm build lacks or compiles less well. Its operators show which.`,
  },
  width: {
    id: 'effect.width',
    title: 'Vectors of 128 bits',
    evidence: 'the page as used against the same with pairs of vector operations as one of 256 bits (--wasm-revectorize)',
    advice: (gain) => `${gain} goes to vectors of half the width: browsers could pair them, and do not by default.`,
  },
  fma: {
    id: 'effect.fma',
    title: 'Multiply-adds in two steps',
    evidence: 'with wider vectors, the module as published against the same with its multiply-adds fused',
    advice: (gain) => `${gain} goes to multiplying and adding apart: a build with relaxed SIMD would fuse them.`,
  },
  code: {
    id: 'effect.code',
    title: 'Code and library, the rest',
    evidence: 'what is left of native against the stripped-down browser when wider vectors and fused multiply-adds are taken out',
    advice: (gain) =>
      `${gain} is left when everything measured is taken away: kernels that the Wasm build lacks, or that are compiled less well. Its operators show which.`,
  },
  'runtime.tier': {
    id: 'effect.tier',
    title: 'Tiering',
    evidence: 'browser with top-tier code from the start against V8’s usual tiers, after the first iterations',
    advice: (gain) =>
      `${gain} is lost to code that is still in the baseline tier or being replaced. Warm up with more iterations.`,
  },
  'runtime.stack': {
    id: 'effect.stack',
    title: 'Stack checks',
    evidence: 'browser with --no-wasm-stack-checks against without',
    advice: (gain) => `${gain} goes to the check at the head of each Wasm function; a page cannot switch it off.`,
  },
  'runtime.bounds': {
    id: 'effect.bounds',
    title: 'Bounds checks',
    evidence: 'browser with --no-wasm-bounds-checks against without',
    advice: (gain) =>
      `${gain} goes to checking memory accesses; with 32-bit memories V8 leaves it to the page table, so there is little to gain.`,
  },
  'isa.simd': {
    id: 'effect.simd',
    title: 'Modules without SIMD',
    evidence: 'browser with the framework’s modules without SIMD against those with it',
    removable: true,
    advice: (gain) =>
      `The SIMD build would save ${gain}: run with --simd on. Browsers have SIMD since Chrome 91, Firefox 89 and Safari 16.4.`,
  },
  'threads.isolation': {
    id: 'effect.isolation',
    title: 'No cross-origin isolation',
    evidence: 'browser with cross-origin isolation and the threads that were asked for against the page as used, without',
    advice: (gain) =>
      `Serving the page with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp would save ${gain}, by the threads that it then may have.`,
  },
  'gpu.browser': {
    id: 'effect.browser',
    title: 'The browser around the GPU',
    evidence:
      'browser, the framework’s WebGPU backend in a worker on a blank page, against ONNX Runtime’s WebGPU provider run natively on the same device',
    advice: (gain) =>
      `${gain} is what the browser adds to GPU work: it checks each command and each access to memory, and hands commands and results to another process. Fewer operators and fewer outputs that are read back need it less often.`,
  },
  'gpu.webgl': {
    id: 'effect.webgl',
    title: 'WebGL instead of WebGPU',
    evidence: 'browser, the framework’s WebGL backend against its WebGPU backend',
    removable: true,
    advice: (gain) => `The WebGPU backend would save ${gain} where the browser has WebGPU: run with --backend webgpu.`,
  },
  'contention.page': {
    id: 'effect.page',
    title: 'The page’s main thread',
    evidence: 'browser, dedicated worker against main thread',
    removable: true,
    advice: (gain) => `Moving the inference to a worker would save ${gain}, and the page would stay responsive.`,
  },
};

/**
 * The steps of the ladder from native with the page's threads on, as effects. The step from native to the stripped-down browser holds two factors that no switch
 * separates: the instruction set, which the probes bound from above, and the rest, which is called library.
 */
export function effects(ladder: Ladder): Effect[] {
  const ids = gapChain(ladder).chain.map(({ id }) => id);
  const summary = ladderEffects(ids, ladder.replicates);
  const native = summary.rungs[ids.indexOf('isa+library') - 1];
  return summary.effects.flatMap((effect) =>
    effect.rung === 'isa+library' && native
      ? (measuredPieces(effect, ladder) ?? splitInstructionSet(effect, native, ladder.probes))
      : [describe(effect, effect.rung)],
  );
}

/**
 * The step from native to the stripped-down browser in measured pieces, where the page was also run with wider vectors and with
 * fused multiply-adds. Those were changed in the page as used, at the other end of the chain; that they weigh the same here is
 * assumed. The rest makes them sum to the step, and its interval is as wide as theirs together.
 * @returns null where they were not run
 */
function measuredPieces(step: LadderEffect, ladder: Ladder): Effect[] | null {
  const used = ladderChain(ladder).at(-1)!.id;
  const replicates = replicatesWith(ladder, ['width.fma', 'width', used]);
  const wide = pairedRungs([used, 'width'], replicates);
  const both = pairedRungs([used, 'width.fma'], replicates);
  if (!wide || !both) return null;
  const width = { rung: 'width', ...saved(wide.eachMs) };
  const fma = { rung: 'fma', ...saved(both.eachMs.map((ms, replicate) => ms - wide.eachMs[replicate]!)) };
  const pieces = [width, fma];
  const sum = (of: (piece: LadderEffect) => number): number => pieces.reduce((total, piece) => total + of(piece), 0);
  const [low, high] = step.ci95Ms;
  const rest = {
    rung: 'code',
    ms: step.ms - sum(({ ms }) => ms),
    ci95Ms: [low - sum(({ ci95Ms }) => ci95Ms[1]), high - sum(({ ci95Ms }) => ci95Ms[0])] as const,
  };
  return [describe(width, 'width'), describe(fma, 'fma'), describe(rest, 'code')];
}

/** What a change saves, from what its replicates took more. */
function saved(eachMs: readonly number[]): Pick<LadderEffect, 'ms' | 'ci95Ms'> {
  const less = eachMs.map((ms) => -ms);
  return { ms: mean(less), ci95Ms: studentInterval(less) };
}

function splitInstructionSet(step: LadderEffect, native: LadderEffect, probes: Ladder['probes']): Effect[] {
  const { nativeProduct, browserProduct } = probes ?? {};
  if (!nativeProduct || !browserProduct) {
    return [
      {
        ...describe(step, 'library'),
        title: 'Instruction set and library',
        evidence: 'what no switch takes away; the probes that part it did not run',
      },
    ];
  }
  const factor = nativeProduct / browserProduct;
  const boundOf = (nativeMs: number): number => (factor > 1 ? Math.max(0, nativeMs * (factor - 1)) : 0);
  const isaMs = Math.min(Math.max(0, step.ms), boundOf(native.ms));
  const [low, high] = step.ci95Ms;
  const isaHigh = Math.min(Math.max(0, high), boundOf(native.ci95Ms[1]));
  const isaLow = Math.min(Math.max(0, low), boundOf(native.ci95Ms[0]));
  const speeds = `the same matrix product, one thread: native ${nativeProduct.toFixed(1)}, browser ${browserProduct.toFixed(1)} GFLOP/s, ${factor.toFixed(2)}×`;
  return [
    {
      ...describe({ ...step, ms: isaMs, ci95Ms: [isaLow, isaHigh] }, 'isa'),
      evidence: `upper bound: ${speeds}, applied to all of the native time. It is loose where memory decides and not arithmetic, or where a kernel is not vectorized natively either`,
    },
    {
      ...describe({ ...step, ms: step.ms - isaMs, ci95Ms: [low - isaHigh, high - isaLow] }, 'library'),
      evidence: 'what is left of native against the stripped-down browser beyond the instruction set’s bound',
    },
  ];
}

/** Whether the author of the page, or of the run, can remove the factor behind an effect. */
export const isRemovable = ({ alias }: Effect): boolean => factorOf(alias)?.removable ?? false;

/** Names of rungs come from a bundle, which is not trusted: a name such as `constructor` must not match a factor. */
const factorOf = (rung: string): Factor | undefined => (Object.hasOwn(FACTORS, rung) ? FACTORS[rung] : undefined);

function describe({ ms, ci95Ms }: LadderEffect, rung: string): Effect {
  const factor = factorOf(rung);
  return {
    id: factor?.id ?? rung,
    alias: rung,
    title: factor?.title ?? rung,
    ms,
    ci95Ms,
    evidence: factor?.evidence ?? '',
    advice: factor ? adviceOn(factor, ms, ci95Ms) : '',
  };
}

/** An effect whose interval contains zero gives no reason to act. */
function adviceOn(factor: Factor, ms: number, ci95Ms: Interval): string {
  const size = amount(ms, ci95Ms);
  if (ci95Ms[0] <= 0 && ci95Ms[1] >= 0) return `${size}: cannot be told from nothing here.`;
  if (ms < 0) return `${size}: it helps here, so leave it.`;
  return factor.advice(size);
}

/** A measured difference and its interval as text: "3.41 ms (2.9 to 3.92)". */
export function amount(ms: number, [low, high]: Interval): string {
  return `${inMs(ms)} ms (${inMs(low)} to ${inMs(high)})`;
}

/** Three significant digits, never in powers of ten. */
const inMs = (ms: number): string => String(Number(ms.toPrecision(Math.abs(ms) >= 1000 ? 4 : 3)));
