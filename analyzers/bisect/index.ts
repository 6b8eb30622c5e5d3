import { type Bisect, bisectFiles } from '../../src/bundle/bisect.js';
import { comparisonOf, searchOf } from '../../src/bundle/bisectSearch.js';
import type { OutputCheck } from '../../src/bundle/manifest.js';
import { type BuildRatio, type BuildVerdict, buildRatio, buildVerdict, isQuiet } from '../../src/stats/buildRatio.js';
import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import { formatPlural, formatRatio } from '../../src/view/format.js';
import { type Comparison, compared } from '../comparison/compared.js';
import type { Analysis } from '../index.js';
import type { MachineFacts } from '../machine/machine.js';
import { info, lack, type Note, warning } from '../question.js';

/** A search among builds, with what was recorded of the two that matter. */
export interface BisectInput {
  /** The folder, as the user named it. */
  readonly name: string;
  readonly toolVersion: string;
  readonly bisect: Bisect;
  /** Of the builds that were recorded, by their name. */
  readonly analyses: ReadonlyMap<string, Analysis>;
  /** Recordings that could not be read, and why. */
  readonly unreadable: readonly { readonly version: string; readonly problem: string }[];
}

/** What was found out about a build of those to be searched. */
export interface BuildRow {
  readonly version: string;
  /** `good`: what the others are compared with. `not tested`: it was not needed. */
  readonly verdict: BuildVerdict | 'skipped' | 'good' | 'not tested';
  /** Against the good one; null where it was not measured. */
  readonly measured: BuildRatio | null;
  /** Why it was skipped, or nothing can be told. Untrusted text. */
  readonly reason: string | null;
  /** Whether its outputs are those of the good one; null where they were not compared. */
  readonly outputs: OutputCheck['match'] | null;
}

export type BisectAnswer =
  | { readonly state: 'unfinished'; readonly next: string }
  | { readonly state: 'not slower' | 'undecided' | 'skipped'; readonly version: string }
  | {
      readonly state: 'found';
      readonly slow: string;
      /** The one before that is known not to be slower. */
      readonly before: string;
      /** Builds between the two that do not run, or of which nothing could be told. */
      readonly between: readonly string[];
      /** The slow one against the one before, directly; null before that was measured. */
      readonly step: BuildRatio | null;
      readonly stepVerdict: BuildVerdict | null;
    };

/**
 * What `trace bisect --json` prints and its report shows. Times are milliseconds, shares fractions of 1, `…Ci95` are 95 % intervals
 * [low, high], null means not measured.
 */
export interface BisectAnalysis {
  readonly schema: 'inferscope.bisect-analysis/1';
  readonly toolVersion: string;
  readonly source: { readonly name: string; readonly complete: boolean };
  readonly plan: Bisect['plan'];
  readonly machine: MachineFacts;
  readonly browser: string | null;
  readonly answer: BisectAnswer;
  /** All builds, from the good one to the bad one. */
  readonly builds: readonly BuildRow[];
  /** What grew from the build before to the slow one, of a whole recording of each; null where there are not two of them. */
  readonly grew: Comparison | null;
  readonly notes: readonly Note[];
}

/** Pure: the same input gives the same analysis. */
export function analyzeBisect({ name, toolVersion, bisect, analyses, unreadable }: BisectInput): BisectAnalysis {
  const { plan, machine, browser, runs } = bisect;
  const answer = answerOf(bisect);
  const found = answer.state === 'found' ? answer : null;
  const [before, slow] = [found?.before, found?.slow].map((version) => analyses.get(version ?? '') ?? null);
  const grew = before && slow ? compared(before, slow, { a: found!.before, b: found!.slow }) : null;
  const builds = plan.builds.map((version) => rowOf(version, bisect));
  const complete = answer.state !== 'unfinished' && (found === null || (found.step !== null && runs.length >= 2));
  return {
    schema: 'inferscope.bisect-analysis/1',
    toolVersion,
    source: { name, complete },
    plan,
    machine,
    browser,
    answer,
    builds,
    grew,
    notes: [...doubts(builds, found, plan.limit), ...recordingNotes(bisect, unreadable, grew, found)],
  };
}

function answerOf(bisect: Bisect): BisectAnswer {
  const search = searchOf(bisect);
  if (search.state === 'next') return { state: 'unfinished', next: search.version };
  if (search.state === 'nothing') return { state: search.last, version: bisect.plan.builds.at(-1)! };
  const { before, slow, between } = search;
  const beside = comparisonOf(bisect, slow, before);
  const step = beside && beside.budgetMs !== null ? buildRatio(beside.replicates) : null;
  return { state: 'found', slow, before, between, step, stepVerdict: step && buildVerdict(step, bisect.plan.limit) };
}

function rowOf(version: string, bisect: Bisect): BuildRow {
  const { plan, skipped } = bisect;
  const good = plan.builds[0]!;
  const nothing = { version, measured: null, reason: null, outputs: null };
  if (version === good) return { ...nothing, verdict: 'good' };
  const lacking = skipped.find((each) => each.version === version);
  if (lacking) return { ...nothing, verdict: 'skipped', reason: lacking.reason };
  const comparison = comparisonOf(bisect, version, good);
  const measured = comparison && buildRatio(comparison.replicates);
  if (!comparison || comparison.budgetMs === null)
    return { ...nothing, measured, verdict: 'not tested', reason: measured ? 'its comparison was interrupted' : null };
  const verdict = buildVerdict(measured, plan.limit);
  const reason = verdict === 'undecided' ? whyUndecided(measured, plan.limit) : null;
  return { version, verdict, measured, reason, outputs: comparison.outputs?.match ?? null };
}

function whyUndecided(measured: BuildRatio | null, limit: number): string {
  if (!measured || !enoughReplicates(measured.replicates))
    return `only ${formatPlural(measured?.replicates ?? 0, 'fresh browser')} of each fitted into --budget; three are the least`;
  if (!isQuiet(measured, limit))
    return `the reference against itself is ${formatRatio(measured.again)}, so the machine was not quiet enough`;
  return 'the interval holds the limit: more --budget makes it narrower';
}

type Found = Extract<BisectAnswer, { state: 'found' }>;

function doubts(builds: readonly BuildRow[], found: Found | null, limit: number): Note[] {
  const differ = builds.filter(({ outputs }) => outputs === false).map(({ version }) => version);
  const unquiet = builds.filter(({ measured }) => measured && !holdsOne(measured.againCi95)).map(({ version }) => version);
  return [
    ...(differ.length > 0
      ? [
          warning(
            'outputs-differ',
            `Outputs of ${differ.join(', ')} are not those of the good build, so times may be of other work.`,
          ),
        ]
      : []),
    ...(unquiet.length > 0
      ? [
          warning(
            'not-alike',
            `Beside ${unquiet.join(', ')} the good build differed from itself by more than chance: what else ran on the machine was felt.`,
          ),
        ]
      : []),
    ...(found?.step && found.stepVerdict !== 'slower' && found.step.ratioCi95[0] <= 1
      ? [
          warning(
            'step-not-apart',
            `Beside each other ${found.before} and ${found.slow} cannot be told apart: ${formatRatio(found.step.ratio)}. Of the two verdicts one may be chance, or the builds grew slower bit by bit; the limit of ${Math.round(limit * 100)} % is against the good one.`,
          ),
        ]
      : []),
  ];
}

const holdsOne = ([low, high]: readonly [number, number]): boolean => low <= 1 && high >= 1;

function recordingNotes(
  { runs }: Bisect,
  unreadable: BisectInput['unreadable'],
  grew: Comparison | null,
  found: Found | null,
): Note[] {
  const failed = runs.filter(({ status }) => status !== 'complete');
  const { step = null } = found ?? {};
  const stepMs = step && step.candidateMs - step.referenceMs;
  const tracedMs = grew?.window?.differenceMs ?? null;
  return [
    ...failed.map(({ version, reason }) =>
      lack('recording-failed', `The recording of ${version} is not whole: ${reason ?? 'it was stopped'}`),
    ),
    ...unreadable.map(({ version, problem }) =>
      lack('recording-unreadable', `The recording of ${version} cannot be read: ${problem}`),
    ),
    ...(grew
      ? [
          info(
            'recorded-apart',
            `Causes, operators and memory are of one recording of each build in ${bisectFiles.runs}/, made one after the other; how much slower it is was measured interleaved.`,
          ),
        ]
      : []),
    ...(stepMs !== null &&
    tracedMs !== null &&
    Math.abs(tracedMs - stepMs) > Math.max(Math.abs(stepMs), 0.05 * step!.referenceMs) / 2
      ? [
          warning(
            'recording-differs',
            'The recordings differ by another time than the interleaved predictions: what grew in them is not the whole of it, or something else ran beside one of them. Record both again when the machine is quiet.',
          ),
        ]
      : []),
  ];
}
