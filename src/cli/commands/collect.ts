import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ALL_PASSES, collectRun } from '../../../collectors/collectRun.js';
import { defaultThreads, type FrameworkId, frameworks } from '../../../collectors/frameworks.js';
import type { ProbeModel } from '../../../collectors/probes/measureProbes.js';
import { defaultCacheFolder } from '../../../models/defaultCacheFolder.js';
import { models } from '../../../models/index.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { parseShape } from '../../../models/parseShape.js';
import { MATRIX_PRODUCT_OPERATIONS, matrixProduct } from '../../../models/probes/matrixProduct.js';
import { drawProgress } from '../drawProgress.js';
import { exitCodes } from '../exitCodes.js';
import { interruptible } from '../interruptible.js';
import type { Command } from '../lazyCommand.js';
import { parseDuration } from '../parseDuration.js';
import { TRACES_FOLDER } from '../tracesFolder.js';
import { UsageError } from '../usageError.js';
import { workloadOf } from '../workloadOf.js';

interface CollectArguments {
  model: string;
  input: string[];
  framework: FrameworkId;
  backend: string;
  threads: number;
  simd: 'on' | 'off' | undefined;
  isolation: 'on' | 'off';
  on: 'worker' | 'main';
  iterations: number | undefined;
  seed: number;
  ladder: boolean;
  budget: string;
  out: string | undefined;
}

const frameworkIds = Object.keys(frameworks) as FrameworkId[];

export const collectCommand: Command<CollectArguments> = {
  builder: (yargs) =>
    yargs
      .option('model', {
        type: 'string',
        requiresArg: true,
        default: models[0]!.name,
        describe: 'Name of a model ("trace models" lists them), an .onnx file, or a TF.js model.json',
      })
      .option('input', { type: 'string', array: true, default: [], describe: 'Shape of an input: name=1x3x320x320', nargs: 1 })
      .option('framework', {
        choices: frameworkIds,
        default: 'ort' as const,
        describe: 'Framework in the page',
      })
      .option('backend', { type: 'string', requiresArg: true, default: 'wasm', describe: 'Backend of the framework' })
      .option('threads', {
        type: 'number',
        requiresArg: true,
        default: defaultThreads(availableParallelism()),
        describe: 'Threads, in the browser and natively; the default is ONNX Runtime’s own rule',
      })
      .option('simd', {
        choices: ['on', 'off'] as const,
        requiresArg: true,
        describe: 'Wasm modules with or without SIMD, for frameworks that ship both',
      })
      .option('isolation', {
        choices: ['on', 'off'] as const,
        default: 'on' as const,
        describe: 'Serve the page with cross-origin isolation, which threads need, or without, as most pages are',
      })
      .option('on', {
        choices: ['worker', 'main'] as const,
        default: 'worker' as const,
        describe: 'Thread of the page that runs the model',
      })
      .option('iterations', {
        type: 'number',
        requiresArg: true,
        describe: 'Predictions per pass; by default as many as a narrow interval needs',
      })
      .option('seed', { type: 'number', requiresArg: true, default: 1, describe: 'Seed of the inputs' })
      .option('ladder', {
        type: 'boolean',
        default: false,
        describe: 'Also measure what single factors contribute to the gap, one taken away at a time',
      })
      .option('budget', {
        type: 'string',
        requiresArg: true,
        default: '3m',
        describe: 'Time that the ladder may take: 90s, 5m, 1h',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: `Folder of the bundle; by default a new one in ${TRACES_FOLDER}/`,
      }),
  async handler(args) {
    checkArguments(args);
    const workload = await workloadOf({
      ...args,
      shapes: args.input.map(parseShape),
      simd: frameworks[args.framework].switchesSimd && args.backend === 'wasm' ? args.simd !== 'off' : null,
      isolated: args.isolation === 'on',
      iterations: args.iterations ?? null,
    });
    const folder =
      args.out ??
      join(TRACES_FOLDER, `${timestamp()}-${workload.model.name.replace(/[^\w.-]+/g, '_')}-${args.framework}-${args.backend}`);
    const stop = interruptible();
    const progress = await drawProgress();
    const result = await collectRun(
      {
        ...workload,
        folder,
        passes: ALL_PASSES,
        ladder: args.ladder
          ? { budgetMs: parseDuration('--budget', args.budget), seed: args.seed, probeModel: await probeModel() }
          : null,
      },
      progress,
      stop.signal,
    );
    progress.end(result.status === 'complete');
    if (result.status === 'complete') {
      process.stdout.write(`${folder}\n`);
      process.stderr.write(`The bundle holds ${result.holds}. Next: trace analyze ${folder}\n`);
      return;
    }
    process.stderr.write(`trace: ${result.reason}\n`);
    process.stderr.write(
      result.status === 'incomplete'
        ? `The bundle ${folder} is marked incomplete. It holds ${result.holds}, and can be analyzed.\n`
        : 'Nothing had been measured yet, so no bundle was left.\n',
    );
    process.exitCode = stop.exitCode() ?? exitCodes.failed;
  },
};

async function probeModel(): Promise<ProbeModel> {
  const file = await matrixProduct.write(defaultCacheFolder(process.env));
  const { inputs } = modelFeeds(file, [], 1);
  return { path: file.path, inputs, operations: MATRIX_PRODUCT_OPERATIONS };
}

function checkArguments({ framework, backend, threads, simd, iterations, seed, budget }: CollectArguments): void {
  const { backends, switchesSimd } = frameworks[framework];
  if (!(backends as readonly string[]).includes(backend)) {
    throw new UsageError(`--framework ${framework} has no backend "${backend}"; it has ${backends.join(', ')}.`);
  }
  if (simd !== undefined && backend !== 'wasm') {
    throw new UsageError(`--simd chooses Wasm modules, so it is for --backend wasm.`);
  }
  if (simd !== undefined && !switchesSimd) {
    const able = frameworkIds.filter((id) => frameworks[id].switchesSimd).join(', ');
    throw new UsageError(`--framework ${framework} ships only Wasm with SIMD, so --simd is for --framework ${able}.`);
  }
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new UsageError('--threads is a whole number from 1 to 256.');
  if (iterations !== undefined && (!Number.isInteger(iterations) || iterations < 1)) {
    throw new UsageError('--iterations is a whole number from 1 on.');
  }
  parseDuration('--budget', budget);
  if (!Number.isSafeInteger(seed)) throw new UsageError('--seed is a whole number.');
}

/** Local time as 2026-11-23T09-40-12: sorts, and is a file name everywhere. */
function timestamp(): string {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replaceAll(':', '-');
}
