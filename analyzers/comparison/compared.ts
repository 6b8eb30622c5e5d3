import { differenceInterval, type Estimate, ratioInterval } from '../../src/stats/differenceInterval.js';
import type { Interval } from '../../src/stats/interval.js';
import { lastPart } from '../../src/text/lastPart.js';
import type { Analysis } from '../index.js';
import { quotedPrediction } from '../latency/quotedPrediction.js';

/** A figure of two recordings. Null: not measured. */
export interface Compared {
  readonly what: string;
  readonly aMs: number | null;
  readonly bMs: number | null;
  readonly aCi95Ms: Interval | null;
  readonly bCi95Ms: Interval | null;
  /** b − a. */
  readonly differenceMs: number | null;
  readonly differenceCi95Ms: Interval | null;
  /** b ÷ a. */
  readonly ratio: number | null;
  readonly ratioCi95: Interval | null;
  /** Whether the intervals of a and b share a value; null where one has none. */
  readonly overlap: boolean | null;
  /** `not apart`: the interval of the difference holds zero; `unknown`: there is no such interval. */
  readonly b: 'faster' | 'slower' | 'not apart' | 'unknown';
}

interface Measured {
  readonly ms: number | null;
  readonly ci95Ms: Interval | null;
}

export interface Comparison {
  /** Why the difference would mean nothing. Empty: it means something. */
  readonly unfit: readonly string[];
  /** Settings that differ. Values may come from outside: untrusted. */
  readonly changed: readonly { readonly what: string; readonly a: string; readonly b: string }[];
  readonly figures: readonly Compared[];
  /** Causes with time in either, the largest difference first. */
  readonly causes: readonly Compared[];
  /** Kinds of operators, without intervals. */
  readonly operators: readonly Compared[];
}

/** What differs between two recordings. Intervals hold what varied while each was recorded, and not what changed between the two. */
export function compared(a: Analysis, b: Analysis): Comparison {
  const figures = FIGURES.map(([what, of]) => figure(what, of(a), of(b)));
  const causes = new Map([...causesOf(a), ...causesOf(b)].map(({ id, title }) => [id, title]));
  const kinds = new Map([...groupsOf(a), ...groupsOf(b)].map(({ kind, title }) => [kind, title]));
  return {
    unfit: unfit(a, b),
    changed: SETTINGS.flatMap(([what, of]) => {
      const [was, is] = [of(a), of(b)];
      return was === is ? [] : [{ what, a: was ?? 'not known', b: is ?? 'not known' }];
    }),
    figures: figures.filter(({ aMs, bMs }) => aMs !== null || bMs !== null),
    causes: [...causes].map(([id, title]) => figure(`${title} (${id})`, causeIn(a, id), causeIn(b, id))).sort(byDifference),
    operators: [...kinds].map(([kind, title]) => figure(title, groupIn(a, kind), groupIn(b, kind))).sort(byDifference),
  };
}

const byDifference = (a: Compared, b: Compared): number => Math.abs(b.differenceMs ?? 0) - Math.abs(a.differenceMs ?? 0);

const FIGURES: readonly (readonly [string, (analysis: Analysis) => Measured | null])[] = [
  ['prediction', (analysis) => measured(quotedPrediction(analysis)?.prediction)],
  ['a use of the page', ({ use }) => use && { ms: use.useMs, ci95Ms: use.ci95Ms?.use ?? null }],
  ['native', ({ gap }) => gap && { ms: gap.nativeMs, ci95Ms: gap.nativeCi95Ms }],
  ['set-up', ({ latency }) => latency && { ms: latency.setupMs, ci95Ms: null }],
  ['warm-up', ({ latency }) => latency && { ms: latency.warmupMs, ci95Ms: null }],
];

const measured = (known: { readonly medianMs: number; readonly ci95Ms: Interval } | undefined): Measured | null =>
  known ? { ms: known.medianMs, ci95Ms: known.ci95Ms } : null;

const causesOf = ({ partition }: Analysis) => partition?.causes ?? [];
const groupsOf = ({ kernelTotals }: Analysis) => kernelTotals?.groups ?? [];

/** No time, where there is a partition without the cause. */
const causeIn = (analysis: Analysis, id: string): Measured | null =>
  causesOf(analysis).find((cause) => cause.id === id) ?? (analysis.partition ? { ms: 0, ci95Ms: [0, 0] } : null);

const groupIn = (analysis: Analysis, kind: string): Measured | null => {
  const group = groupsOf(analysis).find((one) => one.kind === kind);
  return analysis.kernelTotals ? { ms: group?.ms ?? 0, ci95Ms: null } : null;
};

function figure(what: string, a: Measured | null, b: Measured | null): Compared {
  const [was, is] = [estimateOf(a), estimateOf(b)];
  const both = typeof a?.ms === 'number' && typeof b?.ms === 'number' ? ([a.ms, b.ms] as const) : null;
  const interval = was && is ? differenceInterval(was, is) : null;
  const ratios = was && is && was.value > 0 && is.value > 0 ? ratioInterval(was, is) : null;
  return {
    what,
    aMs: a?.ms ?? null,
    bMs: b?.ms ?? null,
    aCi95Ms: was?.ci95 ?? null,
    bCi95Ms: is?.ci95 ?? null,
    differenceMs: both && both[1] - both[0],
    differenceCi95Ms: interval,
    ratio: both && both[0] > 0 ? both[1] / both[0] : null,
    ratioCi95: ratios?.every(Number.isFinite) ? ratios : null,
    overlap: was && is ? was.ci95[0] <= is.ci95[1] && is.ci95[0] <= was.ci95[1] : null,
    b: interval === null ? 'unknown' : interval[0] > 0 ? 'slower' : interval[1] < 0 ? 'faster' : 'not apart',
  };
}

const estimateOf = (measured: Measured | null): Estimate | null =>
  measured?.ci95Ms?.every(Number.isFinite) && measured.ms !== null ? { value: measured.ms, ci95: measured.ci95Ms } : null;

function unfit(a: Analysis, b: Analysis): string[] {
  const voids = [a, b].flatMap(({ validity }, i) => (validity?.verdict === 'void' ? [i === 0 ? 'a' : 'b'] : []));
  return [
    ...(voids.length > 0
      ? [`${voids.join(' and ')} ${voids.length > 1 ? 'are' : 'is'} no valid measurement (is_it_valid).`]
      : []),
    ...(subjectOf(a) === subjectOf(b) ? [] : ['a and b are not of the same model or page.']),
    ...(quotedPrediction(a)?.traced === quotedPrediction(b)?.traced
      ? []
      : ['One prediction was timed under the trace, which makes it slower, and the other was not.']),
  ];
}

/** What both have to be of; the title of a page may hold a counter. */
const subjectOf = (analysis: Analysis): string => analysis.page?.url ?? analysis.run?.model ?? lastPart(analysis.source.name);

const yesNo = (known: boolean | null | undefined): string | null => (typeof known === 'boolean' ? (known ? 'yes' : 'no') : null);

const SETTINGS: readonly (readonly [string, (analysis: Analysis) => string | null])[] = [
  ['model', ({ run }) => run?.model ?? null],
  ['inputs', ({ run }) => run?.inputs.map(({ name, shape }) => `${name}=${shape.join('x')}`).join(' ') ?? null],
  ['framework', ({ run }) => run && `${run.framework} ${run.frameworkVersion}`],
  ['backend', ({ run }) => run?.backend ?? null],
  ['threads', ({ run }) => (run ? String(run.threads) : null)],
  ['SIMD', ({ run }) => (run?.simd === false ? 'off' : null)],
  ['runs on', ({ run }) => run?.on ?? null],
  ['cross-origin isolated', ({ run, pageState }) => yesNo(run?.crossOriginIsolated ?? pageState?.crossOriginIsolated)],
  ['address', ({ page }) => page?.url ?? null],
  ['browser', ({ browser }) => browser?.product ?? null],
  ['software rendering', ({ browser }) => yesNo(browser?.softwareRendering)],
  ['processor', ({ machine }) => machine && `${machine.cpu}, ${machine.cores} cores`],
  ['system', ({ machine }) => machine?.os ?? null],
];
