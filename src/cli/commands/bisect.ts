import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type BuildSubject, compareBuilds } from '../../../collectors/bisect/compareBuilds.js';
import { openBisect } from '../../../collectors/bisect/openBisect.js';
import { publishedVersions, versionsBetween } from '../../../collectors/bisect/publishedVersions.js';
import { type BisectWatcher, runBisect } from '../../../collectors/bisect/runBisect.js';
import { requireBrowser } from '../../../collectors/browser/findBrowser.js';
import { type OwnBuilds, ownBuilds } from '../../../collectors/builds/ownBuilds.js';
import { type BuildFolders, publishedBuild } from '../../../collectors/builds/publishedBuild.js';
import { collectRun } from '../../../collectors/collectRun.js';
import { defaultThreads, type Framework, type FrameworkId, frameworkIds, frameworks } from '../../../collectors/frameworks.js';
import { machineFacts } from '../../../collectors/machine/machineFacts.js';
import { PASS_NAMES, passesOn } from '../../../collectors/passes.js';
import { cacheFolder } from '../../../models/defaultCacheFolder.js';
import { models } from '../../../models/index.js';
import { parseShape } from '../../../models/parseShape.js';
import type { Bisect } from '../../bundle/bisect.js';
import { nextStep } from '../../bundle/bisectSearch.js';
import { toolVersion } from '../../packageRoot.js';
import { comparisonsOf } from '../../stats/searchBuilds.js';
import { inertText } from '../../text/inertText.js';
import { formatPlural } from '../../view/format.js';
import { TRACES_FOLDER } from '../bundleFolder.js';
import { type DrawnProgress, drawProgress } from '../drawProgress.js';
import { durationText } from '../durationText.js';
import { exitCodes, UsageError } from '../explain.js';
import type { Command } from '../lazyCommand.js';
import { parseDuration, parsePercent } from '../parseOptions.js';
import { printBisect } from '../printBisect.js';
import { interruptible } from '../stopping.js';
import { terminalOptions } from '../terminalOptions.js';
import { workloadOf } from '../workloadOf.js';

interface BisectArguments {
  model: string;
  input: string[];
  package: string;
  good: string | undefined;
  bad: string | undefined;
  dev: boolean;
  builds: string[] | undefined;
  backend: string;
  threads: number;
  simd: 'on' | 'off' | undefined;
  on: 'worker' | 'main';
  seed: number;
  limit: string;
  budget: string;
  out: string | undefined;
  json: boolean;
  quiet: boolean;
  open: boolean;
}

const packageNames = frameworkIds.map((id) => frameworks[id].packages[0].name);

export const bisectCommand: Command<BisectArguments> = {
  builder: (yargs) =>
    yargs
      .option('model', {
        type: 'string',
        requiresArg: true,
        default: models[0]!.name,
        describe: 'Name of a model ("trace models" lists them), an .onnx file, or a TF.js model.json',
      })
      .option('input', { type: 'string', array: true, default: [], describe: 'Shape of an input: name=1x3x320x320', nargs: 1 })
      .option('package', {
        choices: packageNames,
        default: packageNames[0]!,
        describe: 'npm package of the framework whose versions are searched',
      })
      .option('good', {
        type: 'string',
        requiresArg: true,
        describe: 'Version that is fast enough; of --builds, by default the first',
      })
      .option('bad', {
        type: 'string',
        requiresArg: true,
        describe: 'Later version that is slow; of --builds, by default the last',
      })
      .option('dev', { type: 'boolean', default: false, describe: 'Also search pre-releases' })
      .option('builds', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Builds that you have, in place of published ones: 1.0=path/of/a 1.1=path/of/b, or one folder of folders',
      })
      .option('backend', { type: 'string', requiresArg: true, default: 'wasm', describe: 'Backend of the framework' })
      .option('threads', {
        type: 'number',
        requiresArg: true,
        default: defaultThreads(availableParallelism()),
        describe: 'Threads that the framework may use',
      })
      .option('simd', {
        choices: ['on', 'off'] as const,
        requiresArg: true,
        describe: 'Wasm modules with or without SIMD, for frameworks that ship both',
      })
      .option('on', {
        choices: ['worker', 'main'] as const,
        default: 'worker' as const,
        describe: 'Thread of the page that runs the model',
      })
      .option('seed', { type: 'number', requiresArg: true, default: 1, describe: 'Seed of the inputs, and of the order of runs' })
      .option('limit', { type: 'string', requiresArg: true, default: '10%', describe: 'How much slower counts' })
      .option('budget', {
        type: 'string',
        requiresArg: true,
        default: '2m',
        describe: 'Time that one comparison may take: 90s, 5m; it ends sooner where it is clear',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: `Folder of the search; by default one in ${TRACES_FOLDER}/. If it was begun there, it goes on`,
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document instead of a summary' })
      .option('open', { type: 'boolean', default: false, describe: 'Open the report in your browser' })
      .option('quiet', { type: 'boolean', default: false, describe: 'Print errors and the path of the report, nothing else' })
      .group(['package', 'good', 'bad', 'dev', 'builds'], 'What is searched:')
      .group(['model', 'input', 'backend', 'threads', 'simd', 'on', 'seed'], 'What it runs:')
      .group(['limit', 'budget'], 'How it is measured:')
      .group(['out', 'json', 'open', 'quiet'], 'Output:') as never,
  async handler(args) {
    const framework = frameworkIds.find((id) => frameworks[id].packages[0].name === args.package)!;
    const { limit, budgetMs } = checked(args, framework);
    requireBrowser();
    const stop = interruptible();
    const { simd, out, json, quiet, open } = args;
    const own = args.builds && ownBuilds(args.builds, framework, args.backend);
    const builds = own ? between(own, args) : await published(args, stop.signal);
    const { switchesSimd } = frameworks[framework];
    const workload = await workloadOf({
      ...args,
      framework,
      shapes: args.input.map(parseShape),
      simd: switchesSimd && args.backend === 'wasm' ? simd !== 'off' : null,
      isolated: true,
      iterations: null,
    });
    const folder = out ?? join(TRACES_FOLDER, folderName(args.package, builds, workload.model.name));
    const {
      work: bisect,
      resumed,
      close,
    } = await openBisect(folder, await freshBisect(args.package, workload, builds, limit, !own));
    if (!quiet) say(openingText(folder, bisect, resumed, budgetMs));
    const progress = await drawProgress({ quiet });
    try {
      await runBisect(bisect, {
        folder,
        budgetMs,
        build: async (version) => own?.get(version) ?? fetched(framework, args.backend, version, progress, stop.signal),
        compare: (pair, comparison, leftMs, keep) =>
          compareBuilds(pair, workload, comparison, { budgetMs: leftMs, limit }, keep, progress, stop.signal),
        record: (build, bundle) =>
          collectRun(
            {
              ...workload,
              frameworkFolders: build,
              folder: bundle,
              passes: passesOn(args.backend, PASS_NAMES),
              processes: null,
              qoe: null,
              ladder: null,
            },
            progress,
            stop.signal,
          ),
        watcher: watchBisect(progress, bisect),
        signal: stop.signal,
      });
      progress.end(!stop.signal.aborted);
    } catch (error) {
      progress.end(false);
      throw error;
    } finally {
      await close();
    }
    await printBisect(folder, { json, quiet, open, out: null, limits: {}, ...terminalOptions() });
    if (nextStep(bisect) === null) return;
    say(`trace: stopped by ${stop.signal.reason}. The same command goes on from here.`);
    process.exitCode = stop.exitCode() ?? exitCodes.failed;
  },
};

const LINE_LIMIT = 1000;
const say = (line: string): void => void process.stderr.write(`${inertText(line, LINE_LIMIT)}\n`);

/** Less has no room for a browser of each. */
const LEAST_BUDGET_MS = 10_000;

function checked(args: BisectArguments, framework: FrameworkId): { limit: number; budgetMs: number } {
  const { backend, simd, threads, seed, builds, dev, good, bad } = args;
  const { backends, switchesSimd, title }: Framework = frameworks[framework];
  if (!backends.includes(backend)) throw new UsageError(`${title} has no backend "${backend}"; it has ${backends.join(', ')}.`);
  if (simd !== undefined && (backend !== 'wasm' || !switchesSimd))
    throw new UsageError(
      `--simd is for Wasm of a framework that ships modules with and without it, and ${title} on ${backend} has no such choice.`,
    );
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new UsageError('--threads is a whole number from 1 to 256.');
  if (!Number.isSafeInteger(seed)) throw new UsageError('--seed is a whole number.');
  if (builds && dev) throw new UsageError('--dev is about published versions, and --builds names your own: leave one out.');
  if (!builds && (good === undefined || bad === undefined))
    throw new UsageError(
      'Name the version that was fast and the one that is slow: --good 1.20.0 --bad 1.30.0; or your own builds with --builds.',
    );
  const budgetMs = parseDuration('--budget', args.budget);
  if (budgetMs < LEAST_BUDGET_MS)
    throw new UsageError(`--budget ${args.budget} has no room to open three browsers: give ${LEAST_BUDGET_MS / 1000}s at least.`);
  const limit = parsePercent('--limit', args.limit);
  return { limit, budgetMs };
}

async function published({ package: name, good, bad, dev }: BisectArguments, signal: AbortSignal): Promise<string[]> {
  return versionsBetween(name, await publishedVersions(name, signal), { good: good!, bad: bad! }, dev);
}

/** The user's own builds from the good one to the bad one, in the order in which they were given. */
function between(own: OwnBuilds, { good, bad }: Pick<BisectArguments, 'good' | 'bad'>): string[] {
  const names = [...own.keys()];
  const placeOf = (option: string, name: string): number => {
    if (!own.has(name)) throw new UsageError(`${option} ${name} is none of --builds, which are ${names.join(', ')}.`);
    return names.indexOf(name);
  };
  const from = good === undefined ? 0 : placeOf('--good', good);
  const to = bad === undefined ? names.length - 1 : placeOf('--bad', bad);
  if (from === to) throw new UsageError(`--good and --bad are both ${names[from]}: there is nothing between.`);
  if (from > to)
    throw new UsageError(`--good ${names[from]} stands behind --bad ${names[to]} in --builds. Name them from good to bad.`);
  return names.slice(from, to + 1);
}

async function fetched(
  framework: FrameworkId,
  backend: string,
  version: string,
  progress: DrawnProgress,
  signal: AbortSignal,
): Promise<BuildFolders> {
  progress.advance(null, `getting ${version}`);
  return publishedBuild(framework, backend, version, cacheFolder(process.env, 'packages'), signal);
}

const folderName = (name: string, builds: readonly string[], model: string): string =>
  ['bisect', name, builds[0], builds.at(-1), model].join('-').replace(/[^\w.+-]+/g, '_');

type Workload = BuildSubject & Awaited<ReturnType<typeof workloadOf>>;

async function freshBisect(
  name: string,
  { framework, backend, on, threads, simd, model, inputs, seed }: Workload,
  builds: readonly string[],
  limit: number,
  isPublished: boolean,
): Promise<Bisect> {
  return {
    schema: 'inferscope.bisect/1',
    toolVersion: toolVersion(),
    startedAt: new Date().toISOString(),
    plan: {
      package: name,
      framework,
      backend,
      on,
      threads,
      simd,
      model: { name: model.name, title: model.title, sha256: model.sha256 },
      inputs: inputs.map(({ spec }) => ({ name: spec.name, type: spec.type, shape: [...spec.shape] })),
      seed,
      limit,
      builds: [...builds],
      published: isPublished,
    },
    machine: await machineFacts(),
    browser: null,
    skipped: [],
    comparisons: [],
    runs: [],
  };
}

/** The step between the two that are found is compared too. */
const mostComparisons = ({ plan }: Bisect): number => comparisonsOf(plan.builds.length - 1) + 1;

function openingText(folder: string, bisect: Bisect, resumed: boolean, budgetMs: number): string {
  const { builds, package: name } = bisect.plan;
  if (resumed)
    return `Going on with the search in ${folder}: ${formatPlural(bisect.comparisons.length, 'comparison')} and ${formatPlural(bisect.runs.length, 'recording')} are there.`;
  const most = mostComparisons(bisect);
  return `${formatPlural(builds.length, 'build')} of ${name}, from ${builds[0]} to ${builds.at(-1)}: about ${most} comparisons of at most ${durationText(budgetMs)} each, then two recordings. In ${folder}.`;
}

function watchBisect(progress: DrawnProgress, bisect: Bisect): BisectWatcher {
  return {
    compares: (version, against, number) =>
      progress.step(`Comparison ${number} of about ${Math.max(number, mostComparisons(bisect))}: ${version} beside ${against}`),
    records: (version) => progress.step(`Recording ${version}`),
    skips: (version, reason) => progress.note(`${version} is skipped: ${reason}`),
  };
}
