import { enoughReplicates } from '../src/stats/enoughReplicates.js';
import type { CompileUse, GpuUse, KernelTotals, Latency, MemoryUse, Note, Partition, ThreadUse } from './analysis.js';
import { fewerThreads } from './fewerThreads.js';
import { gpuNotes } from './gpuNotes.js';
import type { AnalyzerInput } from './input.js';
import { kernelNotes } from './kernels/kernelNotes.js';
import { memoryNotes } from './memory/memoryNotes.js';
import { pageNotes } from './pageNotes.js';
import type { SplitWindows } from './splitWindows.js';
import type { WasmFrames } from './wasmFrames.js';
import type { FoundWindows } from './windows.js';

const MANY_UNATTRIBUTED = 0.1;
const COSTLY_RECORDING = 1.05;
/** Runnable threads per core beyond which others take part of the machine. */
const BUSY_LOAD = 0.5;

/** What could not be measured or is doubtful, and why: warnings first, then what is missing. */
export function notes(
  { manifest, page, baseline, trace, mark, modules }: AnalyzerInput,
  found: FoundWindows | null,
  split: SplitWindows | null,
  parts: Partition | null,
  measured: Latency | null,
  wasm: WasmFrames | null,
  threads: readonly ThreadUse[] | null,
  gpu: GpuUse | null,
  operators: KernelTotals | null,
  memory: MemoryUse | null,
  compiled: CompileUse | null,
): Note[] {
  const list: Note[] = [];
  const bundle = manifest ?? page;
  const add = (level: Note['level'], id: string, text: string): number => list.push({ id, level, text });

  if (bundle && bundle.status !== 'complete') {
    const why = bundle.status === 'recording' ? 'the collector was killed, or is still running' : bundle.reason;
    add(
      'warning',
      'incomplete',
      `This bundle is incomplete (${why}). What it holds is analyzed; medians rest on fewer ${page ? 'inferences' : 'iterations'} than planned.`,
    );
  }
  if (manifest?.outputs && !manifest.outputs.match) {
    add(
      'warning',
      'outputs-differ',
      'The browser and the native run computed different outputs from the same inputs, so comparing their times may be meaningless.',
    );
  }
  if (trace?.reading.cut) {
    add(
      'warning',
      'trace-cut',
      `The trace is cut at byte ${trace.reading.cut.atByte} (${trace.reading.cut.reason}). What came before is analyzed.`,
    );
  }
  if (bundle?.trace?.dataLoss) {
    const less = page ? 'Record for a shorter time' : 'Record fewer iterations';
    add('warning', 'data-loss', `Chrome’s trace buffer overflowed, so events are missing. ${less}.`);
  }
  const dropped = bundle?.trace?.dropped;
  if (dropped && dropped.events > 0) {
    add(
      'info',
      'polling-dropped',
      `${dropped.events} events of the GPU process asking whether the device is done were left out of the trace: each took less than 0.1 ms.`,
    );
  }
  if (parts && parts.unattributedShare > MANY_UNATTRIBUTED) {
    add(
      'warning',
      'unattributed',
      `${(parts.unattributedShare * 100).toFixed(0)} % of the windows’ time is unattributed: the shares of the causes are lower bounds.`,
    );
  }
  if (measured?.observerEffect && measured.observerEffect > COSTLY_RECORDING) {
    add(
      'warning',
      'observer-effect',
      `Iterations under the trace took ${((measured.observerEffect - 1) * 100).toFixed(0)} % longer than those without: causes are of slower iterations than the latency that is quoted.${samplerCost(threads)}`,
    );
  }
  const replicates = manifest?.ladder?.replicates.length ?? 0;
  if (replicates > 0 && !enoughReplicates(replicates)) {
    add(
      'warning',
      'ladder-few-replicates',
      `The ladder had time for ${replicates} of the 3 replicates that its intervals need: they are too narrow. Give it a larger --budget.`,
    );
  }
  const ladder = manifest?.ladder;
  if (ladder && replicates > 0) {
    const ran = (id: string): boolean => ladder.replicates.some(({ rounds }) => rounds[0]!.some(({ rung }) => rung === id));
    const sides = ladder.rungs.filter(({ side }) => side);
    if (sides.length > 0 && !sides.some(({ id }) => ran(id))) {
      add(
        'lack',
        'ladder-nothing-beside',
        'The ladder’s budget had no time for the runs beside it, so how the page scales with threads is unknown. Give it a larger --budget.',
      );
    }
  }
  const capped = manifest?.ladder?.rungs.filter(
    // Without SIMD there are no threads: that is what the rung is about.
    ({ side, simd, threads, threadsTaken }) => side && simd !== false && threadsTaken !== null && threadsTaken < threads,
  );
  if (capped && capped.length > 0) {
    const asked = capped.map(({ threads, threadsTaken }) => `${threadsTaken} of ${threads}`).join(', ');
    add(
      'lack',
      'ladder-threads-capped',
      `The page took fewer threads than the ladder gave it (${asked}), so scaling leaves these out.`,
    );
  }
  if (manifest) {
    const { threadsAsked } = manifest.workload;
    const { framework, machine } = manifest;
    const fewer = fewerThreads(manifest, baseline);
    if (fewer) add('warning', 'fewer-threads', fewer);
    list.push(...gpuNotes(manifest, gpu));
    if (framework && !framework.crossOriginIsolated) {
      add(
        'info',
        'coarse-timers',
        'The page is not cross-origin isolated, so its clock goes in steps of 0.1 ms; latencies are known no better than that.',
      );
    }
    if (baseline?.library === 'onnxruntime' && manifest.workload.framework === 'tfjs') {
      add(
        'info',
        'twin-baseline',
        'The native run is the same network as ONNX in ONNX Runtime, so the gap holds the difference between the two libraries too.',
      );
    }
    if (manifest.collectors.tfjsNode?.outcome === 'done') {
      add(
        'info',
        'tfjs-node-threads',
        'tfjs-node was given its threads by TF_NUM_INTRAOP_THREADS and OMP_NUM_THREADS, since it has no setting for them. TensorFlow need not keep to that, and does not tell how many it took.',
      );
    }
    if (baseline?.cpuOperators) {
      add(
        'info',
        'native-cpu-operators',
        'Some operators of the native run have no WebGPU kernel in ONNX Runtime and ran on its CPU provider.',
      );
    }
    if (framework?.note) add('info', 'framework', framework.note);
    if (threadsAsked > machine.cores) {
      add(
        'warning',
        'oversubscribed',
        `${threadsAsked} threads on ${machine.cores} core${machine.cores === 1 ? '' : 's'}: threads wait for a core, which shows as contention.`,
      );
    }
    if (machine.loadAverage1m !== null && machine.loadAverage1m > machine.cores * BUSY_LOAD) {
      add(
        'warning',
        'busy-machine',
        `The machine was busy before the run began (load average ${machine.loadAverage1m.toFixed(1)} on ${machine.cores} cores): times may not repeat.`,
      );
    }
    for (const [id, { outcome, detail }] of Object.entries(manifest.collectors)) {
      if (outcome !== 'done') add('lack', `collector-${id}`, detail);
    }
    if (manifest.status === 'complete' && !baseline)
      add('lack', 'no-baseline', 'No native baseline was recorded, so there is no gap.');
  } else if (page) list.push(...pageNotes(page, found, measured, split, compiled));
  else {
    add(
      'lack',
      'no-bundle',
      'This is a trace without a run bundle: there is no timing pass, no native baseline and no description of the machine. Record one with "trace collect".',
    );
  }
  const browser = bundle?.browser;
  if (browser?.softwareRendering) add('info', 'software-rendering', `The browser renders in software (${browser.gpu}).`);
  if (!trace) add('lack', 'no-trace', 'There is no trace, so the time cannot be split by cause.');
  else {
    const named = mark ?? page?.page.mark ?? null;
    if (found && found.windows.length === 0) {
      add(
        'lack',
        'no-windows',
        named === null
          ? `No inference found. Looked for: ${found.lookedFor.join('; ')}. Name the measures that are inferences with --mark.`
          : `No measure is named ${named}. Choose one of those that the trace holds; * stands for any text.`,
      );
    }
    if (trace.tables.samples.length === 0) {
      add(
        'lack',
        'no-samples',
        'The trace has no CPU samples (disabled-by-default-v8.cpu_profiler), so executing code cannot be told apart.',
      );
    }
    if (split && split.windows.length > 0 && split.windows.every(({ hasThreadTimes }) => !hasThreadTimes)) {
      add('lack', 'no-thread-times', 'The trace has no thread times, so being preempted cannot be told from running.');
    }
    const ran = bundle?.modules.length ?? 0;
    if (modules.length < ran) {
      add(
        'warning',
        'missing-modules',
        `${ran - modules.length} of the ${ran} Wasm modules that ran are not in the bundle: it was copied in part.`,
      );
    }
    if (wasm && modules.length === 0 && wasm.functions.some((sampled) => sampled !== null)) {
      add('lack', 'no-modules', 'The bytes of the Wasm modules are not there, so the instructions that ran are unknown.');
    }
    for (const { url, reason } of wasm?.broken ?? [])
      add('warning', 'broken-module', `The module ${url} cannot be read: ${reason}.`);
    if (trace.tables.frames.length === 0)
      add('lack', 'no-frames', 'The trace reports no compositor frames, so smoothness is unknown.');
  }
  if (operators) list.push(...kernelNotes(operators));
  // A profiling pass that could not be says so itself, above.
  else if (!page && !manifest?.collectors.kernels) {
    add('lack', 'no-kernels', 'Time per operator was not recorded: it needs a profiling pass, as "trace collect" makes one.');
  }
  if (memory && manifest) list.push(...memoryNotes(memory, manifest));
  else if (!page && !manifest?.collectors.memory) {
    add('lack', 'no-memory', 'Memory over the run was not recorded: it needs a pass of its own, as "trace collect" makes one.');
  }
  const order: readonly Note['level'][] = ['warning', 'lack', 'info'];
  return list.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

/** V8 samples each JavaScript thread by a thread of its own, and these need cores too. */
function samplerCost(threads: readonly ThreadUse[] | null): string {
  const samplers = threads?.filter(({ thread }) => thread.startsWith(SAMPLER)) ?? [];
  const ranMs = samplers.reduce((sum, thread) => sum + thread.ranMs, 0);
  return ranMs > 0 ? ` V8’s own sampling threads were on a core for ${ranMs.toFixed(1)} ms of each.` : '';
}

const SAMPLER = 'v8:ProfEvntProc';
