import type { Interval } from '../../src/stats/interval.js';
import { lastPart } from '../../src/text/lastPart.js';
import type { WasmModuleFacts } from '../functions/wasmUse.js';
import type { Analysis } from '../index.js';
import { quotedPrediction } from '../latency/quotedPrediction.js';
import { byDifference, type Compared, figure, type Measured } from './figure.js';
import { type ComparedNode, comparedNodes } from './nodes.js';

export interface Comparison {
  /** Why the difference would mean nothing. Empty: it means something. */
  readonly unfit: readonly string[];
  /** Settings that differ. Values may come from outside: untrusted. */
  readonly changed: readonly { readonly what: string; readonly a: string; readonly b: string }[];
  readonly figures: readonly Compared[];
  /** Causes with time in either, the largest difference first. */
  readonly causes: readonly ComparedCause[];
  /** The typical traced window, which the causes sum to; without an interval. Null where neither has one. */
  readonly window: Compared | null;
  /** Kinds of operators, without intervals. */
  readonly operators: readonly Compared[];
  /** Single operators by their name in the graph, without intervals. An operator that only one of the graphs has takes no time in the other. */
  readonly nodes: readonly ComparedNode[];
  /** The sums over operators, without an interval. */
  readonly operatorSum: Compared | null;
  /** Peaks of memory in either. */
  readonly memory: readonly { readonly what: string; readonly aBytes: number | null; readonly bBytes: number | null }[];
  /** Wasm modules that ran. */
  readonly modules: { readonly a: readonly ComparedModule[]; readonly b: readonly ComparedModule[] };
}

export interface ComparedCause extends Compared {
  readonly id: string;
  readonly title: string;
}

export interface ComparedModule extends Omit<WasmModuleFacts, 'url'> {
  /** Name of its file. Untrusted text. */
  readonly name: string;
}

/** What two recordings are called. Untrusted text. */
export interface Names {
  readonly a: string;
  readonly b: string;
}

/**
 * What differs between two recordings. Intervals hold what varied while each was recorded, and not what changed between the two.
 * @param names what sentences call them
 */
export function compared(a: Analysis, b: Analysis, names: Names = { a: 'a', b: 'b' }): Comparison {
  const figures = FIGURES.map(([what, of]) => figure(what, of(a), of(b)));
  const causes = new Map([...causesOf(a), ...causesOf(b)].map(({ id, title }) => [id, title]));
  const kinds = new Map([...groupsOf(a), ...groupsOf(b)].map(({ kind, title }) => [kind, title]));
  return {
    unfit: unfit(a, b, names),
    changed: changedSettings(SETTINGS.map(([what, of]) => ({ what, a: of(a), b: of(b) }))),
    figures: figures.filter(({ aMs, bMs }) => aMs !== null || bMs !== null),
    causes: [...causes]
      .map(([id, title]) => ({ ...figure(`${title} (${id})`, causeIn(a, id), causeIn(b, id)), id, title }))
      .sort(byDifference),
    window: windowOf(a, b),
    operators: [...kinds].map(([kind, title]) => figure(title, groupIn(a, kind), groupIn(b, kind))).sort(byDifference),
    nodes: comparedNodes(a, b),
    operatorSum: a.kernelTotals || b.kernelTotals ? figure('all operators', totalOf(a), totalOf(b)) : null,
    memory: MEMORY.map(([what, of]) => ({ what, aBytes: of(a), bBytes: of(b) })).filter(
      ({ aBytes, bBytes }) => aBytes !== null || bBytes !== null,
    ),
    modules: { a: modulesOf(a), b: modulesOf(b) },
  };
}

function windowOf(a: Analysis, b: Analysis): Compared | null {
  const [was, is] = [a, b].map(({ partition }) => partition && { ms: partition.typical.ms, ci95Ms: null });
  return was || is ? figure('a traced window', was ?? null, is ?? null) : null;
}

const totalOf = ({ kernelTotals }: Analysis): Measured | null => kernelTotals && { ms: kernelTotals.ms, ci95Ms: null };

const MEMORY: readonly (readonly [string, (analysis: Analysis) => number | null])[] = [
  ['what the page held', ({ memory }) => memory?.held?.peakBytes ?? null],
  ['the page’s process', ({ memory }) => memory?.process?.peakBytes ?? null],
  ['the GPU process', ({ memory }) => memory?.gpuProcess?.peakBytes ?? null],
];

const modulesOf = ({ wasm }: Analysis): ComparedModule[] =>
  (wasm?.modules ?? []).map(({ url, ...facts }) => ({ name: lastPart(url), ...facts }));

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

function unfit(a: Analysis, b: Analysis, names: Names): string[] {
  return [
    ...voidText(a, names.a),
    ...voidText(b, names.b),
    ...(subjectOf(a) === subjectOf(b) ? [] : [`${names.a} and ${names.b} are not of the same model or page.`]),
    ...(quotedPrediction(a)?.traced === quotedPrediction(b)?.traced
      ? []
      : ['One prediction was timed under the trace, which makes it slower, and the other was not.']),
  ];
}

function voidText({ validity }: Analysis, name: string): string[] {
  if (validity?.verdict !== 'void') return [];
  const reasons = validity.reasons.filter(({ level }) => level === 'void').map(({ text }) => text);
  return [`The recording of ${name} is no valid measurement: ${reasons.join(' ')}`];
}

/** What both have to be of; the title of a page may hold a counter. */
const subjectOf = (analysis: Analysis): string => analysis.page?.url ?? analysis.run?.model ?? lastPart(analysis.source.name);

const yesNo = (known: boolean | null | undefined): string | null => (typeof known === 'boolean' ? (known ? 'yes' : 'no') : null);

/** What a recording is of, and what it ran on. */
export type Settings = Pick<Analysis, 'run' | 'page' | 'pageState' | 'browser' | 'machine'>;

const SETTINGS: readonly (readonly [string, (settings: Settings) => string | null])[] = [
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

/** All of them in words; null: not known. Values may come from outside: untrusted. */
export const settingsOf = (settings: Settings): { readonly what: string; readonly value: string | null }[] =>
  SETTINGS.map(([what, of]) => ({ what, value: of(settings) }));

/** Those that differ. */
export const changedSettings = (
  settings: readonly { readonly what: string; readonly a: string | null; readonly b: string | null }[],
): Comparison['changed'] =>
  settings.flatMap(({ what, a, b }) => (a === b ? [] : [{ what, a: a ?? 'not known', b: b ?? 'not known' }]));
