import { median } from 'simple-statistics';
import { channelsFirst } from '../baseline/channelsFirst.js';
import { compareOutputs } from '../baseline/compareOutputs.js';
import type { NativeBaseline } from '../baseline/nativeBaseline.js';
import { BaselineUnavailable, startNativeBaseline } from '../baseline/startNativeBaseline.js';
import { isGpuBackend } from '../frameworks.js';
import { openHarness } from '../harness/session.js';
import type { PassContext } from '../passContext.js';
import { frameworkFacts } from '../runRecord.js';
import { openTfjsNode } from './openTfjsNode.js';
import { SETTLING_MS, settle, type TimingPlan, timingRounds } from './timingRounds.js';

/**
 * One replicate of the timing pass: a fresh browser context and a fresh native process, set up, warmed up, and timed in turn. A
 * TF.js model has a third runtime, tfjs-node, if it is installed; without an ONNX form it replaces the native one.
 * Every result is recorded as soon as it is known. The first replicate compares the outputs of browser and native.
 */
export async function timingReplicate(part: 'before' | 'after', plan: TimingPlan, context: PassContext): Promise<void> {
  const { browser, server, options, workload, record, progress, signal } = context;
  const { manifest } = record;
  const { timingPass } = manifest;
  const replicate = timingPass.setups.length;
  const session = await openHarness(browser, server, signal);
  const closers: (() => Promise<void>)[] = [() => session.close().catch(() => {})];
  try {
    const loaded = await record.phase('timing', 'load', () => session.open(options.on, workload));
    const setup = await record.phase('timing', 'setup', () => session.setup());
    const warmupMs = await record.phase('timing', 'warm-up', () => session.warmup());
    manifest.framework = frameworkFacts(loaded, setup);
    const onnx = await startOnnx(context);
    if (onnx) closers.push(() => onnx.close());
    const onnxSetupMs = onnx && (await onnx.setup());
    const onnxWarmupMs = onnx && (await onnx.warmup());
    const tfjsNode = options.framework === 'tfjs' ? await openTfjsNode(context) : null;
    if (tfjsNode) closers.push(() => tfjsNode.close());
    const alone = options.baseline ? null : tfjsNode;
    const beside = options.baseline ? tfjsNode : null;
    if (!options.baseline) reportTfjsNodeAlone(context, alone !== null);

    const native = onnx ?? alone;
    const nativeSetupMs = onnxSetupMs ?? alone?.setupMs ?? null;
    const nativeWarmupMs = onnxWarmupMs ?? alone?.warmupMs ?? null;
    const settlingMs = await record.phase('timing', 'settling', () => settle(session.settle, SETTLING_MS));
    for (const each of [native, beside]) await (each && settle((count) => each.predict(count), SETTLING_MS));
    timingPass.setups.push({
      setupMs: setup.ms,
      warmupMs,
      settlingMs,
      nativeSetupMs,
      nativeWarmupMs,
      ...(beside && { tfjsNodeSetupMs: beside.setupMs, tfjsNodeWarmupMs: beside.warmupMs }),
    });
    timingPass.setupMs = median(timingPass.setups.map((each) => each.setupMs));
    timingPass.warmupMs = median(timingPass.setups.map((each) => each.warmupMs));
    if (native && replicate === 0) {
      await record.writer.baseline({
        schema: 'inferscope.baseline/1',
        runtime: manifest.collectors.baseline!.detail,
        library: onnx ? 'onnxruntime' : 'tensorflow',
        provider: context.picked.device.provider,
        cpuOperators: context.picked.cpuOperators,
        threads: native.threads,
        setupMs: nativeSetupMs!,
        warmupMs: nativeWarmupMs!,
      });
    }
    await record.save();

    await record.phase('timing', `prediction, ${part} the trace pass`, () =>
      timingRounds(
        plan,
        {
          browser: (count) => session.predict(count),
          native: native && ((count) => native.predict(count)),
          tfjsNode: beside && ((count) => beside.predict(count)),
        },
        async (turn) => {
          timingPass.rounds.push({ part, replicate, ...turn });
          await record.save();
        },
        progress,
      ),
    );
    const expected = replicate === 0 && native ? await native.outputs() : null;
    if (expected) {
      const outputs = await session.outputs();
      manifest.outputs = compareOutputs(options.baseline?.twin ? outputs.map(channelsFirst) : outputs, expected);
      if (!manifest.outputs.match) progress.note('The browser’s outputs differ from the native ones by more than the tolerance.');
    }
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

/** For a model without an ONNX form: reports whether tfjs-node is its native baseline, or there is none. */
function reportTfjsNodeAlone({ options, record: { manifest }, progress }: PassContext, there: boolean): void {
  const { collectors } = manifest;
  const known = collectors.baseline !== undefined;
  if (there) {
    collectors.baseline = { ...collectors.tfjsNode! };
    if (!known && isGpuBackend(options.backend)) {
      const detail = `The native run is on the CPU, so the gap compares the browser’s ${options.backend} backend with native CPU: tfjs-node computes there alone.`;
      progress.note(detail);
      collectors['native-webgpu'] = { outcome: 'unavailable', detail };
    }
  } else if (!known) {
    const detail = `No native baseline: ${options.model.name} has no ONNX form that could run natively.`;
    progress.note(detail);
    collectors.baseline = { outcome: 'unavailable', detail };
  }
}

/** @returns null if there is nothing to run in ONNX Runtime, or the runtime is missing; the record has the reason */
async function startOnnx({
  options,
  record: { manifest },
  picked: { device },
  progress,
  signal,
}: PassContext): Promise<NativeBaseline | null> {
  if (!options.baseline) return null;
  try {
    const threads = manifest.framework?.threads ?? options.threads;
    const { path, inputs, twin } = options.baseline;
    const native = await startNativeBaseline({ modelPath: path, inputs, threads, device, signal });
    manifest.collectors.baseline = {
      outcome: 'done',
      detail: `${twin ? 'ONNX twin, ' : ''}onnxruntime-node ${native.version}, ${device.title}`,
    };
    return native;
  } catch (error) {
    if (!(error instanceof BaselineUnavailable)) throw error;
    if (!manifest.collectors.baseline) progress.note(error.message);
    manifest.collectors.baseline = { outcome: 'unavailable', detail: error.message };
    return null;
  }
}
