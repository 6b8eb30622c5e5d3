import { randomBytes } from 'node:crypto';
import { type BundleWriter, createBundle } from '../src/bundle/bundleWriter.js';
import type { Manifest } from '../src/bundle/manifest.js';
import type { CollectOptions } from './collectOptions.js';
import type { HarnessReplies } from './harness/protocol.js';
import { machineFacts } from './machine/machineFacts.js';
import { notAsked } from './passes.js';
import { monotonicUs } from './scheduling/sampleScheduling.js';

type Phases = NonNullable<Manifest['phases']>[number];

/** The bundle while it is written: a growing manifest, saved after every step. */
export interface RunRecord {
  readonly manifest: Manifest;
  readonly writer: BundleWriter;
  save(): Promise<void>;
  /** Runs an action and records its start and end on the trace clock. */
  phase<T>(pass: Phases['pass'], phase: string, action: () => Promise<T>): Promise<T>;
}

/** Creates the bundle's folder, and in it a manifest with the status `recording`. */
export async function startRecord(options: CollectOptions): Promise<RunRecord> {
  const { model, inputs, framework, backend, on, threads, simd, isolated, seed } = options;
  const writer = await createBundle(options.folder);
  const manifest: Manifest = {
    schema: 'inferscope.run/1',
    toolVersion: options.toolVersion,
    id: randomBytes(4).toString('hex'),
    startedAt: new Date().toISOString(),
    status: 'recording',
    reason: null,
    asked: options.asked ?? [],
    workload: {
      model: {
        name: model.name,
        title: model.title,
        bytes: model.externalData.reduce((sum, { bytes }) => sum + bytes, model.bytes),
        sha256: model.sha256,
        argument: model.argument ?? null,
      },
      inputs: inputs.map(({ spec }) => ({ name: spec.name, type: spec.type, shape: [...spec.shape] })),
      framework,
      backend,
      on,
      threadsAsked: threads,
      simd,
      isolated,
      seed,
    },
    machine: await machineFacts(),
    browser: null,
    framework: null,
    timingPass: { setupMs: null, warmupMs: null, setups: [], rounds: [] },
    tracePass: { setupMs: null, warmupMs: null, settlingMs: [], iterationsMs: [] },
    // On Linux, both Chrome's trace clock and Node's clock are the system's monotonic clock.
    phases: process.platform === 'linux' ? [] : null,
    trace: null,
    modules: [],
    outputs: null,
    placement: null,
    ladder: null,
    collectors: notAsked(backend, options.passes),
  };
  const save = (): Promise<void> => writer.manifest(manifest);
  await save();
  return {
    manifest,
    writer,
    save,
    async phase(pass, phase, action) {
      const startUs = monotonicUs();
      const value = await action();
      manifest.phases?.push({ pass, phase, startUs, endUs: monotonicUs() });
      return value;
    },
  };
}

/** The facts about the framework in the page. They are the same in every pass that sets it up. */
export const frameworkFacts = (loaded: HarnessReplies['load'], setup: HarnessReplies['setup']): Manifest['framework'] => ({
  version: loaded.frameworkVersion,
  threads: setup.threads,
  note: setup.note,
  crossOriginIsolated: loaded.crossOriginIsolated,
  hardwareConcurrency: loaded.hardwareConcurrency,
});
