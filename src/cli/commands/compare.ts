import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { refuses } from '../../../analyzers/compare/index.js';
import { processFacts } from '../../../analyzers/compare/processFigures.js';
import { factsOf } from '../../../analyzers/index.js';
import { requireBrowser } from '../../../collectors/browser/findBrowser.js';
import { CompareError } from '../../../collectors/compare/compareError.js';
import { openCompare, saveCompare } from '../../../collectors/compare/openCompare.js';
import { recordInTurn } from '../../../collectors/compare/recordInTurn.js';
import { type CompareEnd, type CompareRunner, type CompareWatcher, runCompare } from '../../../collectors/compare/runCompare.js';
import { machineFacts } from '../../../collectors/machine/machineFacts.js';
import type { PassName } from '../../../collectors/passes.js';
import { type Progress, silent } from '../../../collectors/progress.js';
import { type Compare, compareFiles, type Limit, SIDES, type Side } from '../../bundle/compare.js';
import { changeIn } from '../../bundle/comparedFigures.js';
import { loadInput } from '../../loadInput.js';
import { toolVersion } from '../../packageRoot.js';
import { FEWEST_PAIRS } from '../../stats/changeVerdict.js';
import { shuffled } from '../../stats/shuffled.js';
import { inertText } from '../../text/inertText.js';
import { formatChange, formatPlural } from '../../view/format.js';
import { DecodedModules } from '../../wasm/decodedModules.js';
import { newBundleFolder, TRACES_FOLDER } from '../bundleFolder.js';
import { type ComparedSide, comparedSide, givenSide } from '../compareSides.js';
import { type DrawnProgress, drawProgress } from '../drawProgress.js';
import { durationText } from '../durationText.js';
import { exitCodes, UsageError } from '../explain.js';
import type { Command } from '../lazyCommand.js';
import { parseLimit } from '../parseLimit.js';
import { parseDuration, parsePercent } from '../parseOptions.js';
import { interruptible } from '../stopping.js';
import { terminalOptions } from '../terminalOptions.js';

interface CompareArguments {
  a: string;
  b: string;
  both: string | undefined;
  limit: string[];
  strict: boolean;
  processes: number | undefined;
  until: string | undefined;
  budget: string;
  seed: number;
  operators: boolean;
  apart: boolean;
  out: string | undefined;
  markdown: string | undefined;
  json: boolean;
  quiet: boolean;
  open: boolean;
}

export const compareCommand: Command<CompareArguments> = {
  builder: (yargs) =>
    yargs
      .positional('a', {
        type: 'string',
        demandOption: true,
        describe:
          'What to compare with: a model, the address of a page, or a name and options of "trace collect" as in base="--model m.onnx --threads 1"; or a bundle',
      })
      .positional('b', { type: 'string', demandOption: true, describe: 'What is compared, in the same forms' })
      .option('both', {
        type: 'string',
        requiresArg: true,
        describe: 'Options of "trace collect" for both: --both="--threads 1"',
      })
      .option('limit', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe:
          'Fail if b is shown to take so much more: 5% of the prediction, setup=20%, memory=10%, runtime.gc=+1ms; repeatable',
      })
      .option('strict', { type: 'boolean', default: false, describe: 'Fail also if it cannot be told whether a limit is kept' })
      .option('processes', {
        type: 'number',
        requiresArg: true,
        describe: 'Exactly so many fresh processes of each',
      })
      .option('until', {
        type: 'string',
        requiresArg: true,
        defaultDescription: 'half of the limit, or 2%',
        describe: 'How narrow the interval of the prediction is to be, to either side, before it ends',
      })
      .option('budget', {
        type: 'string',
        requiresArg: true,
        default: '5m',
        describe: 'Time that it may take at most: 90s, 5m; no round begins that would not end in it',
      })
      .option('operators', {
        type: 'boolean',
        default: false,
        describe: 'Also time each operator in every process, which takes a few seconds of each',
      })
      .option('seed', { type: 'number', requiresArg: true, default: 1, describe: 'Seed of the order of runs' })
      .option('apart', {
        type: 'boolean',
        default: false,
        describe: 'Judge limits on two bundles, although what the machine did between them counts as their difference',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: `Folder of the comparison; by default a new one in ${TRACES_FOLDER}/. If it was begun there, rounds are added`,
      })
      .option('markdown', {
        type: 'string',
        requiresArg: true,
        describe: 'File for the answer as Markdown; the summary of a step of GitHub’s Actions gets it anyway',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document instead of a summary' })
      .option('open', { type: 'boolean', default: false, describe: 'Open the report in your browser' })
      .option('quiet', { type: 'boolean', default: false, describe: 'Print errors and the path of the report, nothing else' })
      .group(['both', 'processes', 'until', 'budget', 'seed', 'operators'], 'How it is measured:')
      .group(['limit', 'strict', 'apart'], 'When it fails:')
      .group(['out', 'markdown', 'json', 'open', 'quiet'], 'Output:') as never,
  async handler(args) {
    const limits = limitsOf(args.limit);
    const end = endOf(args, limits);
    const bundles = [args.a, args.b].filter(isRecorded);
    if (bundles.length === 1)
      throw new UsageError(
        `${inertText(bundles[0])} was recorded before, and the other is to be recorded now: what the machine did in between would count as their difference. Give two bundles, or two things to record.`,
      );
    if (bundles.length === 2) {
      const { compareApart } = await import('../compareApart.js');
      return compareApart({ ...args, limits });
    }
    if (args.apart) throw new UsageError('--apart is for two bundles; what is recorded here is recorded in turn.');
    requireBrowser();
    await compareInTurn(args, limits, end);
  },
};

async function compareInTurn(args: CompareArguments, limits: readonly Limit[], end: CompareEnd): Promise<void> {
  const { a, b, both = '', seed, json, quiet, open, markdown } = args;
  const stop = interruptible();
  const progress = await drawProgress({ quiet });
  const passes = passesFor(limits, args.operators);
  const given = { a: givenSide(a, 'a'), b: givenSide(b, 'b') };
  if (given.a.name === given.b.name)
    throw new UsageError(`Both are called ${inertText(given.a.name)}: give them different names.`);
  const sides = {
    a: await comparedSide(given.a, both, passes, progress, stop.signal),
    b: await comparedSide(given.b, both, passes, progress, stop.signal),
  };
  const record = recorder(sides, within(progress), stop.signal);
  const folder = args.out ?? newBundleFolder('compare');
  const { work: compare, resumed, close } = await openCompare(folder, await freshCompare(sides, seed, limits));
  if (!quiet) say(openingText(compare, folder, resumed, end));
  const decoded = new DecodedModules();
  try {
    await runCompare(compare, {
      folder,
      end,
      record,
      read: async (from) => processFacts(factsOf(await loadInput(from), decoded)),
      save: (all) => saveCompare(folder, all),
      watcher: watcherOf(progress, compare, end),
      signal: stop.signal,
    });
    progress.end(!stop.signal.aborted);
  } catch (error) {
    progress.end(false);
    if (!stop.signal.aborted) throw error;
  } finally {
    await close();
  }
  const { printCompare } = await import('../printCompare.js');
  const { addToSummary } = await import('../printDocument.js');
  const { analysis, document } = await printCompare(folder, {
    json,
    quiet,
    open,
    out: join(folder, compareFiles.report),
    markdown: markdown ?? null,
    ...terminalOptions(),
  });
  await addToSummary(document);
  if (stop.signal.aborted) {
    say(`trace: stopped by ${stop.signal.reason}. With --out ${folder} the same command adds rounds to these.`);
    process.exitCode = stop.exitCode() ?? exitCodes.failed;
  } else if (refuses(analysis.gate, args.strict)) process.exitCode = exitCodes.limitExceeded;
}

/** How a round is recorded: models in turn, pages one after the other, as they run by themselves. */
function recorder(
  { a, b }: Readonly<Record<Side, ComparedSide>>,
  progress: Progress,
  signal: AbortSignal,
): CompareRunner['record'] {
  if (a.kind === 'model' && b.kind === 'model')
    return (folders, next) => recordInTurn({ a: a.options(folders.a), b: b.options(folders.b) }, next, progress, signal);
  if (a.kind === 'page' && b.kind === 'page') {
    const pages = { a, b };
    return async (folders, next) => {
      for (const side of shuffled(SIDES, next)) {
        const { status, reason } = await pages[side].record(folders[side], progress, signal);
        if (status !== 'complete')
          throw new CompareError(`${pages[side].plan.name} cannot be recorded: ${reason ?? 'it gives no reason'}`);
      }
      return { turns: [], tracedTurns: [] };
    };
  }
  throw new UsageError('One is a model and the other a page: both have to be of one kind, as a page runs by itself.');
}

const say = (text: string): void => void process.stderr.write(`${inertText(text, 1000)}\n`);

/** What was recorded before: a bundle, packed or not, or a trace. A TF.js model is a .json, too. */
const isRecorded = (path: string): boolean =>
  existsSync(join(path, 'run.json')) || (/\.(zip|json\.gz)$/.test(path) && existsSync(path));

function limitsOf(given: readonly string[]): Limit[] {
  const limits = given.map(parseLimit);
  const twice = limits.find(({ figure }, place) => limits.findIndex((other) => other.figure === figure) !== place);
  if (twice) throw new UsageError(`--limit names ${twice.figure} twice.`);
  return limits;
}

/** Without a limit. */
const USUAL_REACH = 0.02;
/** More would take longer than what they tell is worth. */
const MOST_PROCESSES = 1000;

function endOf({ processes, until, budget, strict }: CompareArguments, limits: readonly Limit[]): CompareEnd {
  if (processes !== undefined && !(Number.isInteger(processes) && processes >= 1 && processes <= MOST_PROCESSES))
    throw new UsageError(`--processes is a whole number from 1 to ${MOST_PROCESSES}.`);
  if (strict && limits.length === 0) throw new UsageError('--strict is about limits: give one with --limit.');
  const limit = limits.find(({ figure, unit }) => figure === 'prediction' && unit === 'ratio');
  const reach =
    until !== undefined
      ? parsePercent('--until', until.replace(/^±/, ''))
      : processes !== undefined
        ? null
        : limit
          ? limit.atMost / 2
          : USUAL_REACH;
  return { rounds: processes ?? null, reach, budgetMs: parseDuration('--budget', budget) };
}

const passesFor = (limits: readonly Limit[], operators: boolean): readonly PassName[] => [
  'timing',
  'trace',
  ...(operators ? (['operators'] as const) : []),
  ...(limits.some(({ figure }) => figure === 'memory') ? (['memory'] as const) : []),
];

async function freshCompare(
  { a, b }: Readonly<Record<Side, ComparedSide>>,
  seed: number,
  limits: readonly Limit[],
): Promise<Compare> {
  if (!Number.isSafeInteger(seed)) throw new UsageError('--seed is a whole number.');
  return {
    schema: 'inferscope.compare/1',
    toolVersion: toolVersion(),
    startedAt: new Date().toISOString(),
    plan: { a: a.plan, b: b.plan, seed },
    limits: [...limits],
    machine: await machineFacts(),
    browsers: { a: null, b: null },
    settings: [],
    rounds: [],
    ended: null,
    tookMs: 0,
  };
}

function openingText(
  { plan, rounds }: Compare,
  folder: string,
  resumed: boolean,
  { budgetMs, rounds: wanted }: CompareEnd,
): string {
  const what = SIDES.map((side) => plan[side].name).join(' and ');
  const there = resumed ? ` ${formatPlural(rounds.length, 'round')} are there.` : '';
  const many =
    wanted === null ? `at most ${durationText(budgetMs)}` : `${formatPlural(wanted, 'round')}, at most ${durationText(budgetMs)}`;
  return `Comparing ${what} in fresh processes that take turns: ${many}.${there} In ${folder}.`;
}

/** The steps inside a process are too short to tell, and what each notes is told once. */
function within(progress: Progress): Progress {
  const said = new Set<string>();
  return {
    ...silent,
    note(text) {
      if (!said.has(text)) progress.note(text);
      said.add(text);
    },
  };
}

function watcherOf(progress: DrawnProgress, compare: Compare, end: CompareEnd): CompareWatcher {
  const startedMs = performance.now();
  const most = end.rounds === null ? '' : ` of ${end.rounds}`;
  progress.step('Recording both in turn');
  const fraction = (): number =>
    Math.max((performance.now() - startedMs) / end.budgetMs, end.rounds === null ? 0 : compare.rounds.length / end.rounds);
  return {
    records: (number) => progress.advance(fraction(), `round ${number}${most}${soFar(compare)}`),
    finished: ({ rounds }) => progress.advance(fraction(), `${formatPlural(rounds.length, 'round')}${soFar(compare)}`),
    failed: (reason) => progress.note(`A round failed, and is tried once more: ${reason}`),
  };
}

/** The change as far as it is known. */
function soFar({ rounds }: Compare): string {
  const change = changeIn(rounds, 'prediction', 'ratio');
  if (change === null || change.pairs < 2) return '';
  const [low, high] = change.ci95.map((end) => formatChange(Math.expm1(end)));
  const few = change.pairs < FEWEST_PAIRS ? ', too few to tell' : '';
  return `, ${formatChange(Math.expm1(change.value))} (${low} to ${high}${few})`;
}
