import type { Interval } from '../../src/stats/interval.js';
import { ladderEffects } from '../../src/stats/ladderEffects.js';
import { plural } from '../../src/view/format.js';
import { amount } from './effects.js';
import { type Ladder, ladderChain, type Rung, replicatesWith } from './ladder.js';

export interface BesideRun {
  readonly id: string;
  readonly title: string;
  /** Difference to the latency of the page as used: positive is slower. Not part of the gap. */
  readonly ms: number;
  readonly ci95Ms: Interval;
  /** Its latency over that of the page as used. */
  readonly ratio: number;
  readonly ratioCi95: Interval;
  /** Largest difference of its outputs to those of the page as used, over the largest value; null if they were not compared. */
  readonly outputDifference: number | null;
  /** False where its outputs are others, so that its latency says nothing; null if they were not compared. */
  readonly outputsAgree: boolean | null;
  readonly evidence: string;
  readonly advice: string;
}

/** What a side run measures. */
interface Question {
  title(rung: Rung): string;
  evidence(rung: Rung, used: Rung): string;
  /** @param size the difference, ready to print */
  slower(size: string, rung: Rung): string;
  faster(size: string, rung: Rung): string;
}

/** By the id of the rung, or by the part of it before a number. */
const QUESTIONS: Readonly<Record<string, Question>> = {
  'tier.baseline': {
    title: () => 'V8’s baseline tier alone, as with an open debugger',
    evidence: () => 'browser with --liftoff-only against the page as used',
    slower: (size) =>
      `A page whose DevTools debugger is open takes ${size} longer, since V8 then keeps Wasm in its baseline tier: close DevTools to measure.`,
    faster: (size) => `${size}: the optimizing tier gains nothing here.`,
  },
  'simd.off': {
    title: () => 'Without SIMD',
    evidence: (rung, used) =>
      `the framework’s modules without SIMD${rung.threadsTaken !== null && rung.threadsTaken < used.threads ? `, which run ${plural(rung.threadsTaken, 'thread')},` : ''} against the page as used`,
    slower: (size) => `Without SIMD it would take ${size} longer: keep the modules with SIMD.`,
    faster: (size) => `${size}: the modules without SIMD are faster here.`,
  },
  wasm: {
    title: () => 'The Wasm backend in place of the GPU',
    evidence: ({ threads, threadsTaken }) =>
      `the framework’s Wasm backend with ${plural(threadsTaken ?? threads, 'thread')} against the page as used`,
    slower: (size) => `With the Wasm backend it would take ${size} longer, so the GPU backend is worth it here.`,
    faster: (size) => `The Wasm backend would save ${size}: on this device the GPU backend is not worth it.`,
  },
  same: {
    title: () => 'The same page again',
    evidence: () => 'the page as used against itself, in another process: what differs here is not a difference',
    slower: (size) => `The same page takes ${size} longer in another process: differences of this size mean nothing.`,
    faster: (size) => `The same page takes ${size} less in another process: differences of this size mean nothing.`,
  },
  fma: {
    title: () => 'Multiply-adds fused (relaxed SIMD)',
    evidence: ({ fusion }) =>
      `the module that runs, with ${fusion ? `${fusion.fused} of ${fusion.additions} vector additions in ${plural(fusion.functions, 'function')}` : 'its vector additions'} fused with the multiplication before them, against the module as published`,
    slower: (size) => `Fused multiply-adds would take ${size} longer on this processor: relaxed SIMD is no advice here.`,
    faster: (size) => `A build with relaxed SIMD would save ${size}, by fused multiply-adds alone.`,
  },
  width: {
    title: () => 'Vectors of 256 bits, where V8 can pair them',
    evidence: () => 'browser with --wasm-revectorize against without',
    slower: (size) => `Pairs of 128-bit operations as one of 256 bits take ${size} longer here.`,
    faster: (size) =>
      `Wider vectors would save ${size}: V8 can pair 128-bit operations (--wasm-revectorize), which browsers do not do by default.`,
  },
  'width.fma': {
    title: () => 'Wider vectors, and multiply-adds fused',
    evidence: () => 'both changes at once against the page as used',
    slower: (size) => `Both together take ${size} longer here.`,
    faster: (size) => `Both together would save ${size}.`,
  },
  isolation: {
    title: () => 'Without cross-origin isolation',
    evidence: ({ threadsTaken }, used) =>
      `the page without the headers of isolation, with ${plural(threadsTaken ?? 1, 'thread')}, against ${used.threads} as used`,
    slower: (size) => `Without cross-origin isolation it would take ${size} longer: keep the headers.`,
    faster: (size) => `Without cross-origin isolation it would take ${size} less.`,
  },
  threads: {
    title: ({ threads }) => plural(threads, 'thread'),
    evidence: ({ threads, threadsTaken }, used) =>
      `the page with ${plural(threads, 'thread')}${threadsTaken !== null && threadsTaken < threads ? `, of which it took ${threadsTaken},` : ''} against ${used.threads} as used`,
    slower: (size, { threads }) => `With ${plural(threads, 'thread')} it would take ${size} longer.`,
    faster: (size, { threads }) =>
      `${plural(threads, 'thread')} would save ${size}; more than one needs a page that is cross-origin isolated.`,
  },
};

/**
 * The side runs, each as its difference to the page as used. It is the difference of their medians in each replicate, since both
 * ran in the same rounds.
 */
export function beside(ladder: Ladder): BesideRun[] {
  const used = ladderChain(ladder).at(-1)!;
  return ladder.rungs
    .filter(({ side }) => side)
    .flatMap((rung) => {
      const ids = [used.id, rung.id];
      const replicates = replicatesWith(ladder, ids);
      if (replicates.length === 0) return [];
      const { effects, ratio, ratioCi95 } = ladderEffects(ids, replicates);
      const { ms, ci95Ms } = effects[0]!;
      const differences = rung.outputs?.outputs.map(({ maxRelativeDifference }) => maxRelativeDifference) ?? [];
      const kind = rung.id.replace(/\.\d+$/, '');
      // Ids come from the bundle, which is untrusted: `constructor` must not match.
      const question = Object.hasOwn(QUESTIONS, kind) ? QUESTIONS[kind]! : null;
      const [low, high] = ci95Ms;
      const advice = (asked: Question): string => {
        if (low <= 0 && high >= 0) return `${amount(ms, ci95Ms)}: cannot be told from nothing here.`;
        return ms > 0 ? asked.slower(amount(ms, ci95Ms), rung) : asked.faster(amount(-ms, [-high, -low]), rung);
      };
      return {
        id: rung.id,
        title: question?.title(rung) ?? rung.id,
        ms,
        ci95Ms,
        ratio,
        ratioCi95,
        outputDifference: differences.length > 0 && differences.every((each) => each !== null) ? Math.max(...differences) : null,
        outputsAgree: rung.outputs?.match ?? null,
        evidence: question?.evidence(rung, used) ?? '',
        advice: question ? advice(question) : '',
      };
    });
}
