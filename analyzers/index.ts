import { DecodedModules } from '../src/wasm/decodedModules.js';
import { frameActivities } from './activity/callStacks.js';
import { gpuRealms } from './activity/gpu/realm.js';
import { onTrace } from './activity/onTrace.js';
import { kernelFigures } from './activity/scheduling.js';
import { awakeSpans } from './activity/threadSpans.js';
import { threadLabel } from './activity/threads.js';
import { wasmFrames } from './activity/wasmFrames.js';
import { wasmFunctionTimes } from './activity/wasmFunctionTimes.js';
import type { Analysis } from './analysis.js';
import { pageTaskTimes } from './contention/pageTasks.js';
import { threadUse } from './contention/threadUse.js';
import { workers } from './contention/workers.js';
import { frames } from './frames/frames.js';
import { gap } from './gap/gap.js';
import { pageGap } from './gap/pageGap.js';
import { gpuUse } from './gpu/gpuUse.js';
import type { AnalyzerInput } from './input.js';
import { instructionSet } from './instructions/instructionSet.js';
import { wasmUse } from './instructions/wasmUse.js';
import { latency } from './latency/latency.js';
import { pageLatency } from './latency/pageLatency.js';
import { memoryUse } from './memory/memory.js';
import { notes } from './notes/index.js';
import { kernelFunctions } from './operators/operatorFunctions.js';
import { kernelTimes } from './operators/operators.js';
import { evidence } from './partition/evidence.js';
import { partition } from './partition/partition.js';
import { splitWindows } from './partition/splitWindows.js';
import { timeline } from './partition/timeline.js';
import { compile } from './runtime/compile.js';
import { garbageCollection } from './runtime/garbageCollection.js';
import { glue } from './runtime/glue.js';
import { memoryGrowth } from './runtime/memoryGrowth.js';
import type { BrowserFacts, PageFacts, RunFacts } from './source/source.js';
import { traceFacts } from './source/traceFacts.js';
import { findWindows } from './windows/index.js';
import { inferenceFacts } from './windows/inferences.js';
import { sampledWindows } from './windows/inRecording.js';

/**
 * Runs every analyzer over one input. Pure: the same input gives the same analysis.
 * @param decoded modules that were decoded before, and where to keep those decoded now; pass the same for several inputs
 */
export function analyze(input: AnalyzerInput, decoded = new DecodedModules()): Analysis {
  const { manifest, page, baseline, scheduling, trace, modules, mark } = input;
  const bundle = manifest ?? page;
  const wasm = trace && wasmFrames(trace, modules, input.symbols, decoded);
  const activities = trace && wasm && frameActivities(trace, wasm.functions);
  const realms = trace && input.gpu ? gpuRealms(trace, input.gpu) : [];
  const wasmRealms = trace && input.wasm ? input.wasm.realms.flatMap((realm) => onTrace(trace, realm) ?? []) : [];
  const hooks = { page, wasmRealms, gpuRealms: page ? realms : [] };
  const found = trace && wasm && findWindows(trace, manifest?.id ?? null, mark, wasm.functions, hooks);
  const looked = found && trace && page ? sampledWindows(trace, found) : found;
  const sampledEveryUs = bundle?.trace?.samplingIntervalUs ?? null;
  const kernel =
    trace &&
    activities &&
    scheduling &&
    kernelFigures(trace, scheduling, (thread, around) => awakeSpans(trace, thread, activities, around, sampledEveryUs));
  const split = trace && looked && activities && splitWindows(trace, looked, activities, kernel ?? [], realms, sampledEveryUs);
  const times = trace && wasm && looked && activities && wasmFunctionTimes(trace, looked.windows, wasm.functions, activities);
  const owners = new Set(trace && found?.windows.map(({ thread }) => threadLabel(trace, thread)));
  const measured = manifest ? latency(manifest) : page && found && pageLatency(found, page);
  const memory = manifest && input.memory && memoryUse(input.memory, manifest.workload.model.bytes);
  const operators =
    input.kernels &&
    manifest &&
    kernelTimes(
      input.kernels,
      measured?.prediction?.medianMs ?? null,
      kernelFunctions(input.kernels.browser, input.kernelTrace, manifest, (of) =>
        wasmFrames(of, modules, input.symbols, decoded),
      ),
    );
  const parts =
    trace && wasm && found && split && activities
      ? partition(trace, split, found.source, (windows) => evidence(trace, windows, wasm, activities, realms))
      : null;
  const threads = trace && split && kernel && activities && threadUse(trace, kernel, split, activities);
  const gpu = trace && found && split && gpuUse(trace, found, realms, split.gpu, manifest);
  // Without a window there is no run to tell the page's own work from.
  const behind =
    trace && wasm && found && split && activities && found.windows.length > 0
      ? {
          workers: workers(trace, split, threads),
          pageTasks: pageTaskTimes(trace, split),
          compile: compile(trace, found, split, wasm, activities),
          gc: garbageCollection(trace, found),
          glue: glue(trace, split.windows, activities),
          memoryGrowth: memoryGrowth(trace, found),
        }
      : { workers: null, pageTasks: null, compile: null, gc: null, glue: null, memoryGrowth: null };
  return {
    schema: 'inferscope.analysis/1',
    toolVersion: input.toolVersion,
    source: {
      name: input.name,
      kind: bundle ? 'bundle' : 'trace',
      complete: (bundle === null || bundle.status === 'complete') && !trace?.reading.cut,
    },
    run: manifest && runFacts(manifest),
    page: page && pageFacts(page),
    inferences: trace && found && !manifest ? inferenceFacts(trace, found) : null,
    machine: bundle?.machine ?? null,
    browser: browserFacts(bundle?.browser ?? null),
    latency: measured,
    outputs: manifest?.outputs ?? null,
    partition: parts,
    gap: manifest ? gap(manifest, baseline) : page && pageGap(page, baseline, measured),
    wasm: wasm && times && wasmUse(times, wasm),
    instructionSet: wasm && times && instructionSet(times, owners, wasm.functions, manifest, baseline, bundle?.machine ?? null),
    timeline: trace && split && timeline(trace, split),
    threads,
    ...behind,
    gpu,
    placement: manifest?.placement ?? null,
    kernels: operators?.kernels ?? [],
    kernelTotals: operators?.totals ?? null,
    memory,
    frames: trace && frames(trace, found?.windows ?? []),
    trace: trace && traceFacts(trace),
    notes: notes({
      input,
      found,
      split,
      partition: parts,
      latency: measured,
      wasm,
      threads,
      gpu,
      kernelTotals: operators?.totals ?? null,
      memory,
      compile: behind.compile,
    }),
  };
}

function runFacts({ id, startedAt, workload, framework, timingPass }: NonNullable<AnalyzerInput['manifest']>): RunFacts {
  return {
    id,
    startedAt,
    model: workload.model.name,
    modelTitle: workload.model.title,
    modelBytes: workload.model.bytes,
    inputs: workload.inputs,
    framework: workload.framework,
    frameworkVersion: framework?.version ?? 'unknown',
    backend: workload.backend,
    threads: framework?.threads ?? workload.threadsAsked,
    threadsAsked: workload.threadsAsked,
    simd: workload.simd,
    on: workload.on,
    crossOriginIsolated: framework?.crossOriginIsolated ?? false,
    seed: workload.seed,
    rounds: timingPass.rounds.length,
    replicates: new Set(timingPass.rounds.map(({ replicate }) => replicate)).size,
  };
}

function pageFacts({ id, startedAt, page }: NonNullable<AnalyzerInput['page']>): PageFacts {
  const { mark: _, ...facts } = page;
  return { id, startedAt, ...facts };
}

function browserFacts(browser: NonNullable<AnalyzerInput['manifest'] | AnalyzerInput['page']>['browser']): BrowserFacts | null {
  if (!browser) return null;
  const { executable: _, ...facts } = browser;
  return facts;
}
