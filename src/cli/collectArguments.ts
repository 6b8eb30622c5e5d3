import { availableParallelism } from 'node:os';
import { defaultThreads, type FrameworkId, frameworkIds, frameworks } from '../../collectors/frameworks.js';
import { hasPass, PASS_NAMES, passesOn } from '../../collectors/passes.js';
import { models } from '../../models/index.js';
import { isGpuCondition } from '../bundle/qoeConditions.js';
import { inertText } from '../text/inertText.js';
import { UsageError } from './explain.js';
import type { VideoArguments } from './ownVideo.js';
import { type PageArguments, type PageRequest, pageRequest } from './pageRequest.js';
import { checkIterations, checkVisits, parseDuration, parsePasses, parseWhatIf } from './parseOptions.js';
import type { PackagesOfRun } from './requirePackages.js';

/** As given; defaults depend on whether it is a model or a page. */
export interface CollectArguments extends PageArguments, VideoArguments {
  model: string | undefined;
  input: string[] | undefined;
  framework: FrameworkId | undefined;
  backend: string | undefined;
  threads: number | undefined;
  simd: 'on' | 'off' | undefined;
  'js-flags'?: string | undefined;
  package?: string | undefined;
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

export type ModelArguments = ReturnType<typeof withDefaults>;

/**
 * Defaults of a run. yargs only prints them, because the handler must know which options were given: some are for models and some
 * for pages.
 */
export const DEFAULTS = {
  model: models[0]!.name,
  framework: 'ort',
  backend: 'wasm',
  threads: defaultThreads(availableParallelism()),
  isolation: 'on',
  on: 'worker',
  seed: 1,
  budget: '3m',
} as const;

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
  'package',
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

/**
 * The page that the options are about.
 * @returns null if they are about a model
 * @throws UsageError if they do not fit together
 */
export const pageOf = (given: CollectArguments): PageRequest | null =>
  pageRequest(
    given,
    OF_MODELS.filter((name) => given[name] !== undefined && !(given.baseline !== undefined && OF_BASELINES.has(name))),
  );

export function withDefaults(given: CollectArguments) {
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

/** A ladder of a GPU backend has a rung on Wasm. */
export function packagesOf({ model, framework, backend, qoeBackends, ladder }: ModelArguments): PackagesOfRun[] {
  return [backend, ...qoeBackends, ...(ladder ? ['wasm'] : [])].map((each) => ({ model, framework, backend: each }));
}

export function checkArguments(args: ModelArguments): void {
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
  const own = (['ladder', 'qoe', 'visits'] as const).find((name) => args[name]);
  if (args['js-flags'] !== undefined && own !== undefined)
    throw new UsageError(
      `--js-flags is for the run’s browser, and --${own} opens others with switches of their own: leave one out.`,
    );
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

export function checkNumbers({ threads, seed }: Pick<ModelArguments, 'threads' | 'seed'>): void {
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new UsageError('--threads is a whole number from 1 to 256.');
  if (!Number.isSafeInteger(seed)) throw new UsageError('--seed is a whole number.');
}

/** Switches for V8, of `--js-flags`; null: none. @throws UsageError if one is no switch */
export function v8FlagsOf({ 'js-flags': given }: Pick<CollectArguments, 'js-flags'>): readonly string[] | null {
  if (given === undefined) return null;
  const flags = given.split(' ').filter((flag) => flag !== '');
  const stray = flags.find((flag) => !/^--[a-z][\w-]*(=[\w.,-]*)?$/.test(flag));
  if (stray !== undefined || flags.length === 0)
    throw new UsageError(
      `--js-flags takes switches of V8, as --js-flags=--liftoff-only, and "${inertText(stray ?? given, 60)}" is none.`,
    );
  return flags;
}
