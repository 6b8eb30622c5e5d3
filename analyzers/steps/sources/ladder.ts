import type { Interval } from '../../../src/stats/interval.js';
import { formatMs } from '../../../src/view/format.js';
import type { BesideRun } from '../../gap/beside.js';
import type { Effect } from '../../gap/effects.js';
import { ISOLATION_HEADERS, simdCode, threadsCode, WORKER_CODE, warmUpLongerCode, webGpuCode } from '../code.js';
import { runCommand } from '../command.js';
import { type Framework, frameworkOf } from '../framework.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate, type Found, type Knob, measured, notMeasured } from '../step.js';

/** Effects that the author of a page can take away, by the id of the rung that measures them. */
const EFFECTS: Readonly<Record<string, { readonly id: string; readonly title: string; readonly knob: Knob }>> = {
  'isa.simd': { id: 'build.simd', title: 'Use the framework’s modules with SIMD', knob: 'simd' },
  'threads.isolation': {
    id: 'threads.isolation',
    title: `Serve the page with ${ISOLATION_HEADERS.join(' and ')}`,
    knob: 'threads',
  },
  'gpu.webgl': { id: 'backend.webgpu', title: 'Use the WebGPU backend in place of WebGL', knob: 'backend' },
  'contention.page': { id: 'main-thread.worker', title: 'Move the inference to a worker', knob: 'thread' },
  'runtime.tier': { id: 'warm-up.longer', title: 'Warm up with more inferences, until all code is optimized', knob: 'tiers' },
};

/**
 * A gain of this part of a prediction is worth another measurement where its interval holds zero; with a smaller one the knob
 * counts as one that gains nothing.
 */
const WORTH = 0.05;

/** What a ladder measured: taking a factor away, or changing one thing of the page as used. */
export function ladderSteps(seen: Seen): Found {
  const { gap, run, latency } = seen;
  if (!gap || !run) return { candidates: [], settled: [] };
  const predictionMs = latency?.prediction?.medianMs ?? Number.POSITIVE_INFINITY;
  const gains = [
    ...gap.effects.flatMap((of): Gain[] => {
      const known = own(EFFECTS, of.alias);
      return known ? [{ known, of, ms: of.ms, ci95Ms: of.ci95Ms, command: commandOf(of.alias, run) }] : [];
    }),
    ...gap.beside.flatMap((of): Gain[] => {
      const known = changeOf(of.id);
      const ci95Ms = [-of.ci95Ms[1], -of.ci95Ms[0]] as const;
      return known ? [{ known, of, ms: -of.ms, ci95Ms, command: besideCommand(of.id, run) }] : [];
    }),
  ];
  const isWorth = ({ ms, ci95Ms }: Gain): boolean => ci95Ms[0] > 0 || ms >= WORTH * predictionMs;
  return {
    candidates: gains.filter(isWorth).map((gain) => stepOf(gain, predictionMs, frameworkOf(seen))),
    settled: gains.flatMap((gain) => (isWorth(gain) ? [] : [gain.known.knob])),
  };
}

interface Gain {
  readonly known: Change;
  readonly of: Effect | BesideRun;
  readonly ms: number;
  readonly ci95Ms: Interval;
  readonly command: string | null;
}

type Change = (typeof EFFECTS)[string];

/** What a side run changes; null of one that is no choice, such as the baseline tier alone. */
function changeOf(id: string): Change | null {
  const threads = /^threads\.(\d+)$/.exec(id)?.[1];
  if (threads !== undefined) return { id: `threads.${threads}`, title: `Use ${threads} threads`, knob: 'threads' };
  if (id === 'simd.off') return { id: 'build.no-simd', title: 'Use the framework’s modules without SIMD', knob: 'simd' };
  return id === 'wasm'
    ? { id: 'backend.wasm', title: 'Use the Wasm backend: on this device it is faster', knob: 'backend' }
    : null;
}

function stepOf(
  { known, of: { evidence }, ms, ci95Ms, command }: Gain,
  predictionMs: number,
  framework: Framework | null,
): Candidate {
  const { id, title, knob } = known;
  const isClear = ci95Ms[0] > 0;
  // A step that may save nothing saves at most as much as the interval reaches to.
  const mostMs = Math.min(ci95Ms[1], predictionMs);
  const unclear = ` That is ${formatMs(ms)}, which so few replicates do not tell from nothing: a ladder with a larger --budget would.`;
  return candidate({
    id,
    title,
    saves: isClear ? measured('prediction', ms, ci95Ms) : Number.isFinite(mostMs) ? atMost('prediction', mostMs) : notMeasured(),
    basis: `Measured in turn with the page as used: ${evidence}.${isClear ? '' : unclear}`,
    who: 'you',
    command,
    code: codeOf(id, framework),
    knob,
    meanMs: ms,
  });
}

function codeOf(id: string, framework: Framework | null): string | null {
  const threads = /^threads\.(\d+)$/.exec(id)?.[1];
  if (threads !== undefined) return threadsCode(framework, Number(threads));
  if (id === 'threads.isolation') return ISOLATION_HEADERS.join('\n');
  if (id === 'build.simd') return simdCode(framework);
  if (id === 'backend.webgpu') return webGpuCode(framework);
  if (id === 'warm-up.longer') return warmUpLongerCode(framework);
  return id === 'main-thread.worker' ? WORKER_CODE : null;
}

function commandOf(alias: string, run: NonNullable<Seen['run']>): string | null {
  if (alias === 'isa.simd') return runCommand(run, { simd: 'on' });
  if (alias === 'threads.isolation') return runCommand(run, { isolated: true });
  if (alias === 'gpu.webgl') return runCommand(run, { backend: 'webgpu' });
  return alias === 'contention.page' ? runCommand(run, { on: 'worker' }) : null;
}

function besideCommand(id: string, run: NonNullable<Seen['run']>): string | null {
  const threads = /^threads\.(\d+)$/.exec(id)?.[1];
  if (threads !== undefined) return runCommand(run, { threads: Number(threads) });
  return id === 'wasm' ? runCommand(run, { backend: 'wasm' }) : runCommand({ ...run, simd: false });
}

/** Names of rungs come from a bundle: `constructor` must not match. */
const own = (of: typeof EFFECTS, id: string): Change | null => (Object.hasOwn(of, id) ? of[id]! : null);
