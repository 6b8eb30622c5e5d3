import { compareOutputs } from '../../../collectors/baseline/compareOutputs.js';
import { startNativeBaseline } from '../../../collectors/baseline/startNativeBaseline.js';
import { launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import { type FrameworkId, frameworks } from '../../../collectors/frameworks.js';
import { NOTHING_CHANGED, NOTHING_RECORDED, type Workload } from '../../../collectors/harness/protocol.js';
import { rewrittenModules } from '../../../collectors/harness/rewrittenModules.js';
import { serveHarness } from '../../../collectors/harness/server.js';
import { openHarness } from '../../../collectors/harness/session.js';
import { contentOf, toldOf } from '../../../collectors/harness/subject.js';
import type { ModelFile } from '../../../models/model.js';
import { type ModelFeeds, modelFeeds } from '../../../models/modelFeeds.js';
import type { TensorValue } from '../../../src/bundle/tensor.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import { countExecuted } from '../../../src/wasm/rewrite/countExecuted.js';
import { fuseMultiplyAdd } from '../../../src/wasm/rewrite/fuseMultiplyAdd.js';

/** How the modules that run a model are rewritten, by a name. */
export const REWRITINGS = {
  shipped: (bytes: Uint8Array) => ({ bytes }),
  fused: (bytes: Uint8Array) => fuseMultiplyAdd(indexModule(bytes)),
  counted: (bytes: Uint8Array, sha256: string) => countExecuted(indexModule(bytes), sha256),
} as const;

export type Rewriting = keyof typeof REWRITINGS;

/** What a model makes of its seeded inputs, by the rewriting of the modules; one thread, on Wasm. */
export type OutputsOf = Readonly<Record<Rewriting, readonly TensorValue[]>>;

/** @throws HarnessError or CollectError where the framework does not run it */
export async function outputsOf(framework: FrameworkId, model: ModelFile): Promise<OutputsOf> {
  const { inputs } = modelFeeds(model, [], 1);
  const { browser } = await launchBrowser();
  try {
    const run = async (rewriting: Rewriting): Promise<readonly TensorValue[]> => {
      const modules = rewrittenModules<{ readonly bytes: Uint8Array }>(REWRITINGS[rewriting]);
      const subject = { framework, model, inputs };
      const server = await serveHarness({ ...contentOf(subject), isolated: true, rewriteModule: modules.rewrite });
      const session = await openHarness(browser, server, new AbortController().signal);
      try {
        await session.open('worker', workloadOf(framework, model, inputs));
        await session.setup();
        await session.predict(1);
        if (modules.made.size === 0) throw new Error(`${framework} asked for no module, so none was rewritten.`);
        return await session.outputs();
      } finally {
        await session.close();
        await server.close();
      }
    };
    return { shipped: await run('shipped'), fused: await run('fused'), counted: await run('counted') };
  } finally {
    await browser.close();
  }
}

/** A model on Wasm with one thread, and nothing recorded. */
export function workloadOf(framework: FrameworkId, model: ModelFile, inputs: ModelFeeds['inputs']): Workload {
  return {
    runId: 'outputs',
    backend: 'wasm',
    threads: 1,
    simd: frameworks[framework].switchesSimd ? true : null,
    ...toldOf({ framework, model, inputs }),
    ...NOTHING_CHANGED,
    ...NOTHING_RECORDED,
  };
}

/** What the same file gives natively, in ONNX Runtime, which multiplies and adds in one step where the processor can; an ONNX file's. */
export async function nativeOutputsOf(model: ModelFile): Promise<readonly TensorValue[]> {
  const { baseline } = modelFeeds(model, [], 1);
  const native = await startNativeBaseline({
    modelPath: baseline!.path,
    inputs: baseline!.inputs,
    threads: 1,
  });
  try {
    await native.setup();
    await native.predict(1);
    return await native.outputs();
  } finally {
    await native.close();
  }
}

/** The largest difference of any output over its largest value; infinite where outputs cannot be compared. */
export function differenceOf(one: readonly TensorValue[], other: readonly TensorValue[]): number {
  const { outputs } = compareOutputs(one, other, 1);
  return Math.max(
    ...outputs.map(({ problem, maxRelativeDifference }) =>
      problem === null ? maxRelativeDifference! : Number.POSITIVE_INFINITY,
    ),
  );
}

/** Whether all bytes are the same. */
export const isSame = (one: readonly TensorValue[], other: readonly TensorValue[]): boolean =>
  one.length === other.length &&
  one.every(({ name, data }, i) => other[i]!.name === name && Buffer.compare(data, other[i]!.data) === 0);
