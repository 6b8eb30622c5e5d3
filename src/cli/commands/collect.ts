import { availableParallelism } from 'node:os';
import { collectRun } from '../../../collectors/collectRun.js';
import { defaultThreads, type FrameworkId, frameworkIds, frameworks } from '../../../collectors/frameworks.js';
import { whatIfs } from '../../../collectors/ladder/whatIfs.js';
import { hasPass, PASS_NAMES, passesOn } from '../../../collectors/passes.js';
import type { ProbeModel } from '../../../collectors/probes/measureProbes.js';
import { QOE_DEFAULTS, type QoeOptions } from '../../../collectors/qoe/qoeOptions.js';
import { defaultCacheFolder } from '../../../models/defaultCacheFolder.js';
import { models } from '../../../models/index.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { parseShape } from '../../../models/parseShape.js';
import { MATRIX_PRODUCT_OPERATIONS, matrixProduct } from '../../../models/probes/matrixProduct.js';
import { askedOf } from '../../bundle/asked.js';
import { gpuConditions, isGpuCondition } from '../../bundle/qoeConditions.js';
import { newBundleFolder, printCollected, TRACES_FOLDER } from '../bundleFolder.js';
import { collectFromPage } from '../collectFromPage.js';
import { drawProgress } from '../drawProgress.js';
import { UsageError } from '../explain.js';
import type { Command } from '../lazyCommand.js';
import { otherFrameworks } from '../otherFrameworks.js';
import { ownVideo, type VideoArguments, videoRequest } from '../ownVideo.js';
import { type PageArguments, pageOptions, pageRequest } from '../pageRequest.js';
import { checkIterations, checkVisits, parseDuration, parsePasses, parseWhatIf } from '../parseOptions.js';
import { type PackagesOfRun, requirePackages } from '../requirePackages.js';
import { interruptible } from '../stopping.js';
import { workloadOf } from '../workloadOf.js';

/** As given; defaults depend on whether it is a model or a page. */
interface CollectArguments extends PageArguments, VideoArguments {
  model: string | undefined;
  input: string[] | undefined;
  framework: FrameworkId | undefined;
  backend: string | undefined;
  threads: number | undefined;
  simd: 'on' | 'off' | undefined;
  isolation: 'on' | 'off' | undefined;
  on: 'worker' | 'main' | undefined;
  seed: number | undefined;
  ladder: boolean | undefined;
  'what-if'?: string | undefined;
  budget: string | undefined;
  processes: number | undefined;
  passes: string | undefined;
  qoe: boolean | undefined;
  visits?: number | undefined;
  duty: number | undefined;
  rate: number | undefined;
  'qoe-backend'?: string[] | undefined;
  quiet: boolean;
}

type ModelArguments = ReturnType<typeof withDefaults>;

/**
 * Defaults of a run. yargs only prints them, because the handler must know which options were given: some are for models and some
 * for pages.
 */
const DEFAULTS = {
  model: models[0]!.name,
  framework: 'ort',
  backend: 'wasm',
  threads: defaultThreads(availableParallelism()),
  isolation: 'on',
  on: 'worker',
  seed: 1,
  budget: '3m',
} as const;

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
      .group(['model', 'input', 'framework', 'backend', 'threads', 'simd', 'isolation', 'on', 'seed'], 'Of a model:')
      .group(['iterations', 'processes', 'passes', 'visits', 'ladder', 'budget'], 'How it is measured:')
      .group(['qoe', 'duty', 'rate', 'qoe-backend', 'video', 'labels', 'classes', 'detects'], 'While a page is used:')
      .group(['attach', 'tab', 'reload', 'allow-remote', 'mark', 'duration', 'until', 'last', 'baseline', 'counts'], 'Of a page:')
      .group(['out', 'quiet'], 'Output:'),
  async handler(given) {
    const page = pageRequest(
      given,
      OF_MODELS.filter((name) => given[name] !== undefined && !(given.baseline !== undefined && OF_BASELINES.has(name))),
    );
    if (page) {
      const { input = [], threads = DEFAULTS.threads, seed = DEFAULTS.seed } = given;
      checkNumbers({ threads, seed });
      return collectFromPage(page, { shapes: input.map(parseShape), threads, seed }, askedOf(given), given.quiet);
    }
    const args = withDefaults(given);
    checkArguments(args);
    const request = videoRequest(args, args.qoe);
    requirePackages(packagesOf(args));
    const workload = await workloadOf({
      ...args,
      shapes: args.input.map(parseShape),
      simd: frameworks[args.framework].switchesSimd && args.backend === 'wasm' ? args.simd !== 'off' : null,
      isolated: args.isolation === 'on',
      iterations: args.iterations ?? null,
    });
    const own = request && (await ownVideo(request, workload));
    const folder =
      args.out ?? newBundleFolder(`${workload.model.name.replace(/[^\w.-]+/g, '_')}-${args.framework}-${args.backend}`);
    const stop = interruptible();
    const progress = await drawProgress({ quiet: args.quiet });
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

/** Options of a model's run; they have no meaning for a page. */
const OF_MODELS = [
  'model',
  'input',
  'framework',
  'backend',
  'threads',
  'simd',
  'isolation',
  'on',
  'seed',
  'ladder',
  'what-if',
  'budget',
  'processes',
  'passes',
  'qoe',
  'duty',
  'rate',
  'qoe-backend',
  'video',
  'labels',
  'classes',
  'detects',
] as const satisfies readonly (keyof CollectArguments)[];

/** Those of them that a page accepts together with --baseline. */
const OF_BASELINES: ReadonlySet<string> = new Set(['input', 'threads', 'seed']);

function withDefaults(given: CollectArguments) {
  const backend = given.backend ?? DEFAULTS.backend;
  return {
    ...given,
    model: given.model ?? DEFAULTS.model,
    input: given.input ?? [],
    framework: given.framework ?? DEFAULTS.framework,
    backend,
    threads: given.threads ?? DEFAULTS.threads,
    isolation: given.isolation ?? DEFAULTS.isolation,
    on: given.on ?? DEFAULTS.on,
    seed: given.seed ?? DEFAULTS.seed,
    // To change one thing is measured in the ladder's rounds.
    ladder: given.ladder ?? given['what-if'] !== undefined,
    whatIf: given['what-if'] === undefined ? [] : parseWhatIf(given['what-if']),
    qoe: given.qoe ?? false,
    qoeBackends: given['qoe-backend']?.flatMap((each) => each.split(',').map((name) => name.trim())) ?? [],
    budget: given.budget ?? DEFAULTS.budget,
    passes: given.passes === undefined ? passesOn(backend, PASS_NAMES) : parsePasses(given.passes),
  };
}

const qoeOf = ({ duty, rate, qoeBackends }: Pick<ModelArguments, 'duty' | 'rate' | 'qoeBackends'>): QoeOptions => ({
  ...QOE_DEFAULTS,
  backends: gpuConditions.filter((backend) => qoeBackends.includes(backend)),
  duty: rate === undefined ? (duty ?? QOE_DEFAULTS.duty) : null,
  ratePerSecond: rate ?? null,
});

/** A ladder of a GPU backend has a rung on Wasm. */
function packagesOf({ model, framework, backend, qoeBackends, ladder }: ModelArguments): PackagesOfRun[] {
  return [backend, ...qoeBackends, ...(ladder ? ['wasm'] : [])].map((each) => ({ model, framework, backend: each }));
}

async function probeModel(): Promise<ProbeModel> {
  const file = await matrixProduct.write(defaultCacheFolder(process.env));
  const { inputs } = modelFeeds(file, [], 1);
  return { path: file.path, inputs, operations: MATRIX_PRODUCT_OPERATIONS };
}

function checkArguments(args: ModelArguments): void {
  const { framework, backend, threads, simd, iterations, seed, budget, ladder, processes, passes } = args;
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
  checkNumbers({ threads, seed });
  checkQoe(args);
  checkIterations(iterations);
  checkVisits(args.visits);
  parseDuration('--budget', budget);
  const missing = passes.find((name) => !hasPass(name, backend));
  if (missing !== undefined) {
    const able = backends.filter((each) => hasPass(missing, each)).join(' or ');
    throw new UsageError(`--passes ${missing} is for --backend ${able}; on ${backend} there is no such pass.`);
  }
  if (processes !== undefined && !(Number.isInteger(processes) && processes >= 1)) {
    throw new UsageError('--processes is a whole number from 1 on.');
  }
  if (processes !== undefined && !passes.includes('timing')) {
    throw new UsageError('--processes is for the timing pass, which --passes leaves out.');
  }
  if (ladder && !passes.includes('timing')) {
    throw new UsageError('--ladder takes the native run from the timing pass, which --passes leaves out.');
  }
}

function checkQoe({ qoe, duty, rate, qoeBackends, framework, backend }: ModelArguments): void {
  if (!qoe && (duty !== undefined || rate !== undefined)) {
    throw new UsageError(`--${duty === undefined ? 'rate' : 'duty'} says how often the page infers that --qoe uses. Add --qoe.`);
  }
  if (!qoe && qoeBackends.length > 0) {
    throw new UsageError('--qoe-backend says on what else the page infers that --qoe uses. Add --qoe.');
  }
  const able = frameworks[framework].backends.filter(isGpuCondition);
  for (const each of qoeBackends) {
    if (!(able as readonly string[]).includes(each)) {
      throw new UsageError(`--qoe-backend is ${able.join(' or ')} with --framework ${framework}, not "${each}".`);
    }
    if (each === backend) {
      throw new UsageError(`--qoe-backend ${each} is the backend of the run, which --qoe uses already: leave it out.`);
    }
  }
  if (duty !== undefined && rate !== undefined) throw new UsageError('--duty and --rate say the same thing: give one of them.');
  if (duty !== undefined && !(duty > 0 && duty <= 1)) throw new UsageError('--duty is a number above 0 and at most 1.');
  if (rate !== undefined && !(rate > 0 && rate <= 1000)) throw new UsageError('--rate is a number above 0 and at most 1000.');
}

function checkNumbers({ threads, seed }: Pick<ModelArguments, 'threads' | 'seed'>): void {
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new UsageError('--threads is a whole number from 1 to 256.');
  if (!Number.isSafeInteger(seed)) throw new UsageError('--seed is a whole number.');
}
