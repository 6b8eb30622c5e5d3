import { collectRun } from '../../../collectors/collectRun.js';
import { frameworkIds } from '../../../collectors/frameworks.js';
import { whatIfs } from '../../../collectors/ladder/whatIfs.js';
import { PASS_NAMES } from '../../../collectors/passes.js';
import type { ProbeModel } from '../../../collectors/probes/measureProbes.js';
import { QOE_DEFAULTS, type QoeOptions } from '../../../collectors/qoe/qoeOptions.js';
import { defaultCacheFolder } from '../../../models/defaultCacheFolder.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { parseShape } from '../../../models/parseShape.js';
import { MATRIX_PRODUCT_OPERATIONS, matrixProduct } from '../../../models/probes/matrixProduct.js';
import { askedOf } from '../../bundle/asked.js';
import { gpuConditions } from '../../bundle/qoeConditions.js';
import { newBundleFolder, printCollected, TRACES_FOLDER } from '../bundleFolder.js';
import {
  type CollectArguments,
  checkArguments,
  checkNumbers,
  DEFAULTS,
  type ModelArguments,
  pageOf,
  v8FlagsOf,
  withDefaults,
} from '../collectArguments.js';
import { collectFromPage } from '../collectFromPage.js';
import { drawProgress } from '../drawProgress.js';
import type { Command } from '../lazyCommand.js';
import { modelWorkload } from '../modelWorkload.js';
import { otherFrameworks } from '../otherFrameworks.js';
import { ownVideo, videoRequest } from '../ownVideo.js';
import { pageOptions } from '../pageRequest.js';
import { parseDuration } from '../parseOptions.js';
import { interruptible } from '../stopping.js';

export const collectCommand: Command<CollectArguments> = {
  builder: (yargs) =>
    pageOptions(yargs)
      .option('model', {
        type: 'string',
        requiresArg: true,
        defaultDescription: DEFAULTS.model,
        describe: 'Name of a model ("trace models" lists them), an .onnx file, or a TF.js model.json',
      })
      .option('input', { type: 'string', array: true, describe: 'Shape of an input: name=1x3x320x320', nargs: 1 })
      .option('framework', {
        choices: frameworkIds,
        defaultDescription: DEFAULTS.framework,
        describe: 'Framework in the page',
      })
      .option('backend', {
        type: 'string',
        requiresArg: true,
        defaultDescription: DEFAULTS.backend,
        describe: 'Backend of the framework',
      })
      .option('threads', {
        type: 'number',
        requiresArg: true,
        defaultDescription: String(DEFAULTS.threads),
        describe: 'Threads, in the browser and natively; the default is ONNX Runtime’s own rule',
      })
      .option('simd', {
        choices: ['on', 'off'] as const,
        requiresArg: true,
        describe: 'Wasm modules with or without SIMD, for frameworks that ship both',
      })
      .option('isolation', {
        choices: ['on', 'off'] as const,
        defaultDescription: DEFAULTS.isolation,
        describe: 'Serve the page with cross-origin isolation, which threads need, or without, as most pages are',
      })
      .option('on', {
        choices: ['worker', 'main'] as const,
        defaultDescription: DEFAULTS.on,
        describe: 'Thread of the page that runs the model',
      })
      .option('package', {
        type: 'string',
        requiresArg: true,
        describe: 'Build of the framework to run: onnxruntime-web@1.27.0, or a folder; by default the installed one',
      })
      .option('js-flags', {
        type: 'string',
        requiresArg: true,
        describe: 'Switches for V8 in the browser: --js-flags=--liftoff-only, or several in quotes',
      })
      .option('iterations', {
        type: 'number',
        requiresArg: true,
        describe:
          'Predictions per pass, by default as many as a narrow interval needs; of a page, inferences until it ends: by hooks, or by user timing named by --mark',
      })
      .option('processes', {
        type: 'number',
        requiresArg: true,
        describe: 'Fresh processes that predictions are timed in, by default as many as a narrow interval needs',
      })
      .option('passes', {
        type: 'string',
        requiresArg: true,
        defaultDescription: 'all',
        describe: `Passes to make, separated by commas: ${PASS_NAMES.join(', ')}`,
      })
      .option('seed', {
        type: 'number',
        requiresArg: true,
        defaultDescription: String(DEFAULTS.seed),
        describe: 'Seed of the inputs',
      })
      .option('ladder', {
        type: 'boolean',
        defaultDescription: 'no',
        describe: 'Also measure what single factors contribute to the gap, one taken away at a time',
      })
      .option('what-if', {
        type: 'string',
        requiresArg: true,
        describe: `With the ladder, also change one thing of the page and measure it: all, or ${Object.entries(whatIfs)
          .map(([id, { what }]) => `${id} (${what})`)
          .join('; ')}`,
      })
      .option('budget', {
        type: 'string',
        requiresArg: true,
        defaultDescription: DEFAULTS.budget,
        describe: 'Time that the ladder may take: 90s, 5m, 1h; a plain number is seconds',
      })
      .option('visits', {
        type: 'number',
        requiresArg: true,
        describe:
          'Also open the page so many times in one profile: what stands before the first inference, in the first visit and in later ones, and whether compiled code was kept',
      })
      .option('qoe', {
        type: 'boolean',
        defaultDescription: 'no',
        describe:
          'Also use a page while inference runs: how soon it answers input, how smooth it is, with inference on the main thread and in a worker',
      })
      .option('duty', {
        type: 'number',
        requiresArg: true,
        defaultDescription: String(QOE_DEFAULTS.duty),
        describe: 'With --qoe: part of the time that inference takes, 1 for one right after the other',
      })
      .option('rate', {
        type: 'number',
        requiresArg: true,
        describe: 'With --qoe: inferences to begin each second, instead of --duty',
      })
      .option('qoe-backend', {
        type: 'string',
        array: true,
        nargs: 1,
        describe:
          'With --qoe: also with inference on webgl or webgpu, called from the main thread; several times, or separated by commas',
      })
      .option('video', {
        type: 'string',
        requiresArg: true,
        describe:
          'With --qoe: a WebM or MP4 file that the model looks at while it plays: how accurate results are when they are shown',
      })
      .option('labels', {
        type: 'string',
        requiresArg: true,
        describe:
          'With --video: what its frames show, as COCO JSON; frame_index says which frame an image is, or the order of ids',
      })
      .option('classes', {
        type: 'string',
        requiresArg: true,
        describe:
          'With --video: the model’s class = category id: 0=1,2=3; by default classes follow the order of the ids, from 0',
      })
      .option('detects', {
        type: 'string',
        requiresArg: true,
        describe:
          'With --video: what the model finds, and how: text-lines, boxes or class, as boxes:xyxy,pixels,0..1 (or yxyx, relative, 0..255, -1..1, imagenet)',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: `Folder of the bundle; by default a new one in ${TRACES_FOLDER}/`,
      })
      .option('quiet', { type: 'boolean', default: false, describe: 'Print errors and the folder of the bundle, nothing else' })
      .group(['model', 'input', 'framework', 'backend', 'threads', 'simd', 'isolation', 'on', 'seed', 'package'], 'Of a model:')
      .group(['iterations', 'processes', 'passes', 'visits', 'ladder', 'budget', 'js-flags'], 'How it is measured:')
      .group(['qoe', 'duty', 'rate', 'qoe-backend', 'video', 'labels', 'classes', 'detects'], 'While a page is used:')
      .group(['attach', 'tab', 'reload', 'allow-remote', 'mark', 'duration', 'until', 'last', 'baseline', 'counts'], 'Of a page:')
      .group(['out', 'quiet'], 'Output:'),
  async handler(given) {
    const page = pageOf(given);
    if (page) {
      const { input = [], threads = DEFAULTS.threads, seed = DEFAULTS.seed } = given;
      checkNumbers({ threads, seed });
      const v8Flags = v8FlagsOf(given);
      const request = v8Flags === null ? page : { ...page, v8Flags };
      return collectFromPage(request, { shapes: input.map(parseShape), threads, seed }, askedOf(given), given.quiet);
    }
    const args = withDefaults(given);
    checkArguments(args);
    const request = videoRequest(args, args.qoe);
    const stop = interruptible();
    const progress = await drawProgress({ quiet: args.quiet });
    const workload = await modelWorkload(args, progress, stop.signal);
    const own = request && (await ownVideo(request, workload));
    const folder =
      args.out ?? newBundleFolder(`${workload.model.name.replace(/[^\w.-]+/g, '_')}-${args.framework}-${args.backend}`);
    const result = await collectRun(
      {
        ...workload,
        ...(own && { model: own.model }),
        asked: askedOf(given),
        folder,
        passes: args.passes,
        processes: args.processes ?? null,
        ...(args.visits !== undefined && { visits: args.visits }),
        qoe: args.qoe ? { ...qoeOf(args), video: own?.video ?? null } : null,
        ladder: args.ladder
          ? {
              budgetMs: parseDuration('--budget', args.budget),
              seed: args.seed,
              probeModel: await probeModel(),
              whatIf: args.whatIf,
              others: args.whatIf.includes('library')
                ? await otherFrameworks({ ...args, shapes: args.input.map(parseShape) })
                : [],
            }
          : null,
      },
      progress,
      stop.signal,
    );
    progress.end(result.status === 'complete');
    printCollected(folder, result, stop.exitCode(), args.quiet);
  },
};

const qoeOf = ({ duty, rate, qoeBackends }: Pick<ModelArguments, 'duty' | 'rate' | 'qoeBackends'>): QoeOptions => ({
  ...QOE_DEFAULTS,
  backends: gpuConditions.filter((backend) => qoeBackends.includes(backend)),
  duty: rate === undefined ? (duty ?? QOE_DEFAULTS.duty) : null,
  ratePerSecond: rate ?? null,
});

async function probeModel(): Promise<ProbeModel> {
  const file = await matrixProduct.write(defaultCacheFolder(process.env));
  const { inputs } = modelFeeds(file, [], 1);
  return { path: file.path, inputs, operations: MATRIX_PRODUCT_OPERATIONS };
}
