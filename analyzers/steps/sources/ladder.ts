import type { Interval } from '../../../src/stats/interval.js';
import { formatMs } from '../../../src/view/format.js';
import type { BesideRun } from '../../gap/beside.js';
import type { Effect } from '../../gap/effects.js';
import {
  capturedGraphCode,
  deviceOutputsCode,
  fixedShapesCode,
  ISOLATION_HEADERS,
  simdCode,
  threadsCode,
  WORKER_CODE,
  warmUpLongerCode,
  webGpuCode,
} from '../code.js';
import { runCommand } from '../command.js';
import { type Framework, frameworkOf } from '../framework.js';
import type { Seen } from '../seen.js';
import {
  atMost,
  type Candidate,
  candidate,
  type Found,
  type Knob,
  measured,
  notMeasured,
  type Refuted,
  type Step,
} from '../step.js';

/** Effects that the author of a page can take away, by the id of the rung that measures them. */
const EFFECTS: Readonly<Record<string, Change>> = {
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

/** What runs beside the chain change, by the id of the rung. */
const CHANGES: Readonly<Record<string, Change>> = {
  'simd.off': { id: 'build.no-simd', title: 'Use the framework’s modules without SIMD', knob: 'simd' },
  wasm: { id: 'backend.wasm', title: 'Use the Wasm backend: on this device it is faster', knob: 'backend' },
  fma: { id: 'build.fma', title: 'Publish a build with relaxed SIMD, for fused multiply-adds', knob: 'fma', who: 'framework' },
  width: {
    id: 'browser.width',
    title: 'Pair vector operations of 128 bits into wider ones (V8’s --wasm-revectorize)',
    knob: 'width',
    who: 'browser',
  },
  io: { id: 'io.on-device', title: 'Leave outputs on the GPU, where what comes next uses them there', knob: 'io' },
  shapes: { id: 'shapes.fixed', title: 'Fix the model’s free dimensions when the session is created', knob: 'shapes' },
  graph: { id: 'graph.captured', title: 'Capture the graph: the GPU’s work is recorded once and replayed', knob: 'graph' },
};

/**
 * A gain of this part of a prediction is worth another measurement where its interval holds zero; with a smaller one the knob
 * counts as one that gains nothing.
 */
const WORTH = 0.05;

/** What a ladder measured: taking a factor away, or changing one thing of the page as used. */
export function ladderSteps(seen: Seen): Found {
  const { gap, run, latency } = seen;
  if (!gap || !run) return { candidates: [], settled: [], refuted: [] };
  const predictionMs = latency?.prediction?.medianMs ?? Number.POSITIVE_INFINITY;
  const gains = [
    ...gap.effects.flatMap((of): Gain[] => {
      const known = own(EFFECTS, of.alias);
      return known ? [{ known, of, ms: of.ms, ci95Ms: of.ci95Ms, command: commandOf(of.alias, run) }] : [];
    }),
    ...gap.beside.flatMap((of): Gain[] => {
      const known = of.outputsAgree === false ? null : changeOf(of.id);
      const ci95Ms = [-of.ci95Ms[1], -of.ci95Ms[0]] as const;
      return known ? [{ known, of, ms: -of.ms, ci95Ms, command: besideCommand(of.id, run) }] : [];
    }),
  ];
  // What the same page differs by from itself is no gain.
  const sameMs = Math.abs(gap.beside.find(({ id }) => id === 'same')?.ms ?? 0);
  const isWorth = ({ ms, ci95Ms }: Gain): boolean => ms > sameMs && (ci95Ms[0] > 0 || ms >= WORTH * predictionMs);
  return {
    candidates: gains.filter(isWorth).map((gain) => stepOf(gain, predictionMs, frameworkOf(seen))),
    settled: gains.flatMap((gain) => (isWorth(gain) ? [] : [gain.known.knob])),
    refuted: gap.beside.flatMap((of): Refuted[] => {
      const known = changeOf(of.id);
      const gain = gains.find((each) => each.of === of);
      if (!known || (gain && isWorth(gain))) return [];
      const { id, title } = known;
      return [{ id, title, ratio: of.ratio, ratioCi95: of.ratioCi95, basis: `${of.evidence}.`, why: whyNot(of, sameMs) }];
    }),
  };
}

interface Gain {
  readonly known: Change;
  readonly of: Effect | BesideRun;
  readonly ms: number;
  readonly ci95Ms: Interval;
  readonly command: string | null;
}

interface Change {
  readonly id: string;
  readonly title: string;
  readonly knob: Knob;
  /** Who can do it; by default who wrote the page. */
  readonly who?: Step['who'];
}

function whyNot({ ms, ci95Ms: [low, high], outputsAgree }: BesideRun, sameMs: number): string {
  if (outputsAgree === false) return 'its outputs are others';
  if (low > 0) return 'it takes longer';
  return high < 0 && Math.abs(ms) <= sameMs
    ? 'it saves no more than the same page differs by from itself'
    : 'it saves nothing that can be told';
}

/** What a side run changes; null of one that is no choice, such as the baseline tier alone. */
function changeOf(id: string): Change | null {
  const threads = /^threads\.(\d+)$/.exec(id)?.[1];
  if (threads !== undefined) return { id: `threads.${threads}`, title: `Use ${threads} threads`, knob: 'threads' };
  const [kind, which] = /^(build|library)\.([\w-]+)$/.exec(id)?.slice(1) ?? [];
  if (kind === 'build') return { id, title: `Load the framework’s build ${which}`, knob: 'build' };
  if (kind === 'library') return { id, title: `Run the network in another framework: ${which}`, knob: 'library' };
  return own(CHANGES, id);
}

function stepOf(
  { known, of: { evidence }, ms, ci95Ms, command }: Gain,
  predictionMs: number,
  framework: Framework | null,
): Candidate {
  const { id, title, knob, who = 'you' } = known;
  const isClear = ci95Ms[0] > 0;
  // A step that may save nothing saves at most as much as the interval reaches to.
  const mostMs = Math.min(ci95Ms[1], predictionMs);
  const unclear = ` That is ${formatMs(ms)}, which so few replicates do not tell from nothing: a ladder with a larger --budget would.`;
  return candidate({
    id,
    title,
    saves: isClear ? measured('prediction', ms, ci95Ms) : Number.isFinite(mostMs) ? atMost('prediction', mostMs) : notMeasured(),
    basis: `Measured in turn with the page as used: ${evidence}.${isClear ? '' : unclear}`,
    who,
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
  if (id === 'io.on-device') return deviceOutputsCode(framework);
  if (id === 'shapes.fixed') return fixedShapesCode(framework);
  if (id === 'graph.captured') return capturedGraphCode(framework);
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
  if (id === 'wasm') return runCommand(run, { backend: 'wasm' });
  if (id === 'simd.off') return runCommand({ ...run, simd: false });
  return runCommand(run, { more: `--what-if ${id.replace(/^(build|library)\..*$/, '$1')}` });
}

/** Names of rungs come from a bundle: `constructor` must not match. */
const own = (of: typeof EFFECTS, id: string): Change | null => (Object.hasOwn(of, id) ? of[id]! : null);
