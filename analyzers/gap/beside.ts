import type { Interval } from '../../src/stats/interval.js';
import { pairedRungs } from '../../src/stats/pairedRungs.js';
import { plural } from '../../src/view/format.js';
import { amount } from './effects.js';
import { type Ladder, ladderChain, type Rung } from './ladder.js';

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

/** By the id of the rung, or by the part of it before what tells several of a kind apart. */
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
  build: {
    title: ({ page }) => `Another of the framework’s builds: ${page.build ?? ''}`,
    evidence: ({ page }) => `the framework’s build ${page.build ?? ''} in place of the usual one`,
    slower: (size, { page }) => `The build ${page.build ?? ''} takes ${size} longer here.`,
    faster: (size, { page }) => `The build ${page.build ?? ''} would save ${size}.`,
  },
  session: {
    title: () => 'The session created anew for each prediction',
    evidence: () =>
      'each prediction with a session of its own, from fetching the model’s file on this machine to releasing it, against one session for all',
    slower: (size) => `A session for each prediction would take ${size} longer: that is what keeping it is worth.`,
    faster: (size) => `A session for each prediction takes ${size} less here.`,
  },
  io: {
    title: () => 'Outputs left on the GPU',
    evidence: () => 'outputs computed and left on the device, which was waited for, against reading them back',
    slower: (size) => `Leaving outputs on the GPU takes ${size} longer here.`,
    faster: (size) => `Leaving outputs on the GPU would save ${size}, where what comes next uses them there.`,
  },
  shapes: {
    title: () => 'The model’s free dimensions fixed',
    evidence: () => 'the sizes of the inputs told to the session as it is created, against dimensions left free',
    slower: (size) => `Fixed shapes take ${size} longer here.`,
    faster: (size) => `Fixed shapes would save ${size}.`,
  },
  graph: {
    title: () => 'The GPU’s work recorded once and replayed',
    evidence: () =>
      'graph capture, with inputs written into the same buffers and outputs read back, against work that is asked for anew',
    slower: (size) => `Graph capture takes ${size} longer here.`,
    faster: (size) => `Graph capture would save ${size}.`,
  },
  library: {
    title: ({ page }) => `The same network in ${libraryName(page.framework)}`,
    evidence: ({ page, threads, threadsTaken }) =>
      `the same network, fed with the same numbers, in ${libraryName(page.framework)} with ${plural(threadsTaken ?? threads, 'thread')}`,
    slower: (size, { page }) => `${libraryName(page.framework)} takes ${size} longer for the same network.`,
    faster: (size, { page }) => `${libraryName(page.framework)} would save ${size} with the same network.`,
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

const LIBRARIES: Readonly<Record<string, string>> = { ort: 'ONNX Runtime', tfjs: 'TensorFlow.js', litert: 'LiteRT.js' };
/** Names come from the bundle, which is untrusted. */
const libraryName = (framework: string | null): string =>
  framework !== null && Object.hasOwn(LIBRARIES, framework) ? LIBRARIES[framework]! : 'another framework';

/** `threads.2` is a question about threads, `build.jsep` one about builds; `simd.off` is one of its own. */
function questionOf(id: string): Question | null {
  const kind = Object.hasOwn(QUESTIONS, id) ? id : id.replace(/^(build|library|threads)\..*$/, '$1');
  return Object.hasOwn(QUESTIONS, kind) ? QUESTIONS[kind]! : null;
}

/**
 * The side runs, each as its difference to the page as used, which ran right before or after it in every round.
 */
export function beside(ladder: Ladder): BesideRun[] {
  const used = ladderChain(ladder).at(-1)!;
  const sameMs = Math.abs(pairedRungs([used.id, 'same'], ladder.replicates)?.ms ?? 0);
  return ladder.rungs
    .filter(({ side }) => side)
    .flatMap((rung) => {
      const measured = pairedRungs([used.id, rung.id], ladder.replicates);
      if (!measured) return [];
      const { ms, ci95Ms, ratio, ratioCi95 } = measured;
      const differences = rung.outputs?.outputs.map(({ maxRelativeDifference }) => maxRelativeDifference) ?? [];
      const question = questionOf(rung.id);
      const [low, high] = ci95Ms;
      const advice = (asked: Question): string => {
        if (low <= 0 && high >= 0) return `${amount(ms, ci95Ms)}: cannot be told from nothing here.`;
        if (rung.outputs?.match === false) return `${amount(ms, ci95Ms)}, with other outputs: that says nothing.`;
        if (rung.id !== 'same' && Math.abs(ms) <= sameMs) {
          return `${amount(ms, ci95Ms)}: no more than the same page differs by from itself.`;
        }
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
