import { formatCount, formatMs, formatPlural, formatShare } from '../../../src/view/format.js';
import { quotedPrediction } from '../../latency/quotedPrediction.js';
import { contention, familyOf } from '../../partition/causes/index.js';
import { ISOLATION_HEADERS, threadsCode } from '../code.js';
import { runCommand } from '../command.js';
import { frameworkOf } from '../framework.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate, notMeasured } from '../step.js';

/** Threads that burn a core while they wait, or take it from each other, for this share of the time are too many. */
const MIN_SPIN_SHARE = 0.05;
const MIN_PREEMPTED_SHARE = 0.1;
/** With less of the time in Wasm its threads have little to gain. */
const MIN_WASM_SHARE = 0.3;

/** How many threads compute, and what keeps more of them away. */
export function threadSteps(seen: Seen): Candidate[] {
  return [...withHeaders(seen), ...fewer(seen), ...more(seen)];
}

/**
 * The page asked for threads, and is not served in a way that lets it have them; or its framework did not even ask, as it takes one
 * in such a page.
 */
function withHeaders(seen: Seen): Candidate[] {
  const { threads, headersMissing = [] } = seen.pageState ?? {};
  if (headersMissing.length === 0 || (!threads && !(frameworkOf(seen) !== null && isInWasm(seen)))) return [];
  const why = threads
    ? `it asked for ${formatPlural(threads.asked, 'thread')} and runs on ${threads.got}`
    : 'its Wasm has one thread without them';
  return [
    candidate({
      id: 'threads.isolation',
      title: `Serve the page with ${headersMissing.join(' and ')}: ${why}`,
      saves: notMeasured(),
      basis: 'What more threads gain here is not measured: the page cannot have them before.',
      who: 'you',
      code: headersMissing.join('\n'),
      evidence: ['The page is not cross-origin isolated, so Wasm has no threads in it.'],
      knob: 'threads',
      rank: threads ? 'symptom' : 'saving',
    }),
  ];
}

/** Whether more threads would have something to do. */
function isInWasm({ partition }: Seen): boolean {
  const share = (partition?.causes ?? []).reduce((sum, cause) => sum + (familyOf(cause.id) === 'isa' ? cause.share : 0), 0);
  return share >= MIN_WASM_SHARE;
}

/** Threads that poll while they wait, or that stand in each other's way. */
function fewer(seen: Seen): Candidate[] {
  const { partition, cores, run, machine } = seen;
  const causeOf = (id: string) => partition?.causes.find((cause) => cause.id === id);
  const spin = causeOf(contention.spin.id);
  const preempted = causeOf(contention.preempted.id);
  const isByPage = cores !== null && cores.pageThreads > 0 && cores.pageMs >= Math.max(cores.browserMs, cores.othersMs ?? 0);
  const held = [
    ...(spin && spin.share >= MIN_SPIN_SHARE
      ? [{ cause: spin, what: 'threads burn a core while they wait for each other' }]
      : []),
    ...(preempted && preempted.share >= MIN_PREEMPTED_SHARE && isByPage
      ? [{ cause: preempted, what: `the page’s own ${formatPlural(cores.pageThreads, 'other thread')} had the core` }]
      : []),
  ];
  // A run with one thread has none to spare, and one that has a pool beside it, that pool.
  if (held.length === 0 || (run && run.threads < 2 && !isByPage)) return [];
  const framework = frameworkOf(seen);
  const threads = run && run.threads > 1 ? Math.floor(run.threads / 2) : null;
  return [
    candidate({
      id: 'threads.fewer',
      title: `Use fewer threads${run && threads !== null ? ` than ${run.threads}` : ', such as one'}${machine ? `, on ${formatPlural(machine.cores, 'core')}` : ''}`,
      saves: atMost(
        'prediction',
        held.reduce((sum, { cause }) => sum + cause.ms, 0),
      ),
      basis: 'The time that the inference loses so. What fewer threads cost in computing is not part of it.',
      who: 'you',
      command: run && threads !== null ? runCommand(run, { threads }) : null,
      code: run && threads === null ? null : threadsCode(framework, threads ?? 1),
      evidence: [
        ...held.map(({ cause, what }) => `For ${formatShare(cause.share)} of the time ${what}.`),
        ...(held.some(({ cause }) => cause === spin) && framework === 'ort' ? [NO_OPTION] : []),
      ],
      knob: 'threads',
    }),
  ];
}

/** https://github.com/microsoft/onnxruntime/pull/18480 */
const NO_OPTION =
  'In onnxruntime-web a page cannot switch polling off: the pool is the environment’s, and allow_spinning has no effect.';

/** Fewer threads than the machine has cores, of a framework and a module that could use more. */
function more(seen: Seen): Candidate[] {
  const { run, machine, instructionSet, latency } = seen;
  const framework = frameworkOf(seen);
  const used = run ? threadsOfRun(run) : threadsOfPage(seen);
  if (framework === null || used === null || !machine || instructionSet?.threads.held === false) return [];
  // TF.js takes at most half of the cores.
  const most = framework === 'tfjs' ? Math.floor(machine.cores / 2) : machine.cores;
  if (used >= most) return [];
  const isIsolated = run ? run.crossOriginIsolated : true;
  const predictionMs = quotedPrediction({ latency, page: seen.page })?.prediction.medianMs ?? null;
  return [
    candidate({
      id: 'threads.more',
      title: `Try ${formatPlural(most, 'thread')}${isIsolated ? '' : ', in a page that is cross-origin isolated'}: it runs on ${used} of ${formatPlural(machine.cores, 'core')}`,
      saves: notMeasured(),
      basis: `Not measured. If all of its ${formatMs(predictionMs)} were parallel, ${formatCount(most)} threads would save ${formatShare(1 - used / most)} of them${run ? '; a ladder (--ladder) measures it' : ''}.`,
      who: 'you',
      command: run ? runCommand(run, { threads: most, isolated: true }) : null,
      code: threadsCode(framework, most, isIsolated ? [] : ISOLATION_HEADERS),
      knob: 'threads',
    }),
  ];
}

/** Null where its module cannot have threads. */
const threadsOfRun = (run: NonNullable<Seen['run']>): number | null =>
  run.backend === 'wasm' && run.simd !== false ? run.threads : null;

/** One where an isolated page computes in Wasm and no thread takes part but the one that calls; null where that is not known. */
const threadsOfPage = (seen: Seen): number | null =>
  seen.page && seen.pageState?.crossOriginIsolated && isInWasm(seen) && seen.workers === null ? 1 : null;
