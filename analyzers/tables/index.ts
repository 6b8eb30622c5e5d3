import type { Manifest } from '../../src/bundle/manifest.js';
import type { Reason } from '../../src/fact.js';
import { fromRows, type RowOf } from '../../src/table/fromRows.js';
import type { Table } from '../../src/table/table.js';
import { activities } from '../activity/callStacks.js';
import { wasmFunctions } from '../activity/polling.js';
import { functionTimes } from '../functions/index.js';
import { type Analysis, questions } from '../index.js';
import { bundle, type Fact, type Get, trace } from '../input.js';
import { causes, familyOf } from '../partition/causes/index.js';
import { type SplitWindow, type SplitWindows, split } from '../partition/splitWindows.js';
import { type AnalysisTableName, analysisSchema } from './schema.js';

type Rows<Name extends AnalysisTableName> = Iterable<RowOf<(typeof analysisSchema)[Name]>>;
type Made = { readonly [Name in AnalysisTableName]: (from: From) => Rows<Name> };

interface From {
  readonly get: Get;
  readonly analysis: Analysis;
  readonly parts: SplitWindows | null;
  /** Windows in the order of their table. */
  readonly windows: readonly { readonly kind: string; readonly one: SplitWindow }[];
}

export type AnalysisTables = { readonly [Name in AnalysisTableName]: Table<(typeof analysisSchema)[Name]> };

/**
 * The parts of an analysis that are rows, with what its medians were made of: each window and its causes. Tables of what is not
 * known are empty.
 */
export function analysisTables(get: Get, analysis: Analysis): AnalysisTables {
  const parts = get.maybe(split);
  const from: From = { get, analysis, parts, windows: windowsOf(parts) };
  const tables = Object.entries(makers).map(([name, make]) => {
    const schema = analysisSchema[name as AnalysisTableName];
    return [name, fromRows(schema, make(from) as Iterable<never>)];
  });
  return Object.fromEntries(tables) as unknown as AnalysisTables;
}

function windowsOf(parts: SplitWindows | null): From['windows'] {
  if (!parts) return [];
  const { setup, warmup, windows } = parts;
  return [
    ...(setup ? [{ kind: 'setup', one: setup }] : []),
    ...(warmup ? [{ kind: 'warm-up', one: warmup }] : []),
    ...windows.map((one) => ({ kind: 'prediction', one })),
  ].sort((a, b) => a.one.window.startUs - b.one.window.startUs);
}

const makers: Made = {
  windows: ({ windows }) =>
    windows.map(({ kind, one: { window, unexplainedUs } }) => ({
      kind,
      thread: window.thread,
      startUs: window.startUs,
      endUs: window.endUs,
      durationMs: (window.endUs - window.startUs) / 1000,
      unexplainedMs: unexplainedUs / 1000,
    })),
  causes: ({ windows }) =>
    windows.flatMap(({ one }, window) =>
      Object.entries(one.split)
        .filter(([, us]) => us > 0)
        .map(([cause, us]) => ({
          window,
          cause,
          family: familyOf(cause),
          title: causes[cause as keyof typeof causes].title,
          ms: us / 1000,
        })),
    ),
  path: ({ windows }) =>
    windows.flatMap(({ one }, window) =>
      one.path.map(({ startUs, endUs, value }) => ({ window, cause: value, startUs, durationUs: endUs - startUs })),
    ),
  activities: ({ parts }) =>
    [...(parts?.threads ?? [])].flatMap(([thread, { activity }]) =>
      activity
        .filter(({ value }) => value !== 'idle')
        .map(({ startUs, endUs, value }) => ({ thread, activity: value, startUs, durationUs: endUs - startUs })),
    ),
  callFrameActivities: ({ get }) => {
    const functions = get.maybe(wasmFunctions)?.functions;
    const name = get.maybe(trace)?.tables.callFrames.columns.function;
    return (get.maybe(activities) ?? []).map((activity, frame) => {
      return { frame, function: functions?.[frame]?.name ?? name?.at(frame) ?? '', activity };
    });
  },
  functions: ({ get }) =>
    (get.maybe(functionTimes) ?? []).map(({ name, index, module, thread, share, selfMs, cause, bodyBytes, mix }) => ({
      name,
      index,
      module,
      thread,
      share,
      selfMs,
      cause,
      bodyBytes,
      mix: mix && JSON.stringify(mix),
    })),
  operators: ({ analysis }) => analysis.kernels,
  memory: ({ analysis: { memory } }) =>
    (memory?.series ?? []).flatMap(({ id, title, bytes }) =>
      bytes.flatMap((value, i) => (value === null ? [] : [{ series: id, title, atMs: memory!.timesMs[i]!, bytes: value }])),
    ),
  memoryPhases: ({ analysis: { memory } }) => memory?.phases ?? [],
  latencies: ({ get, analysis }) => (get.input.manifest ? runLatencies(get.input.manifest) : pageLatencies(analysis)),
  effects: ({ analysis: { gap } }) =>
    (gap?.effects ?? []).map(({ id, title, ms, ci95Ms: [lowMs, highMs] }) => ({ effect: id, title, ms, lowMs, highMs })),
  unknowns: ({ get }) =>
    Object.values(questions)
      .flatMap(({ facts }) => Object.entries<Fact<unknown>>(facts))
      .flatMap(([of, part]) => {
        const reason = get.maybe(part) === null ? (get.why(part) ?? notCollected(get, of)) : null;
        return reason ? [{ of, ...reason }] : [];
      }),
};

/** Parts of an analysis that one collector records, and the name of that collector in the manifest. */
const COLLECTORS: Readonly<Record<string, string>> = {
  gap: 'baseline',
  qoe: 'qoe',
  accuracy: 'accuracy',
  kernels: 'kernels',
  kernelTotals: 'kernels',
  memory: 'memory',
};

/** What its collector says of a part that was not recorded. */
function notCollected(get: Get, part: string): Reason | null {
  const collector = Object.hasOwn(COLLECTORS, part) ? COLLECTORS[part]! : null;
  const told = collector === null ? null : get.maybe(bundle)?.collectors[collector];
  return told && told.outcome !== 'done' ? { id: `collector-${collector}`, text: told.detail } : null;
}

type LatencyRow = RowOf<(typeof analysisSchema)['latencies']>;

function runLatencies({ timingPass, tracePass }: Manifest): LatencyRow[] {
  return [
    ...timingPass.setups.flatMap((each, replicate) => {
      const row = (kind: string, runtime: string, ms: number | null | undefined, iteration = 0): LatencyRow[] =>
        typeof ms === 'number' ? [{ pass: 'timing', kind, runtime, replicate, round: -1, iteration, ms }] : [];
      return [
        ...row('setup', 'browser', each.setupMs),
        ...row('setup', 'native', each.nativeSetupMs),
        ...row('setup', 'tfjs-node', each.tfjsNodeSetupMs),
        ...row('warm-up', 'browser', each.warmupMs),
        ...row('warm-up', 'native', each.nativeWarmupMs),
        ...row('warm-up', 'tfjs-node', each.tfjsNodeWarmupMs),
        ...each.settlingMs.flatMap((ms, iteration) => row('settling', 'browser', ms, iteration)),
      ];
    }),
    ...timingPass.rounds.flatMap(({ replicate, browserMs, nativeMs, tfjsNodeMs = [] }, round) => {
      const rows = (runtime: string, all: readonly number[]): LatencyRow[] =>
        all.map((ms, iteration) => ({ pass: 'timing', kind: 'prediction', runtime, replicate, round, iteration, ms }));
      return [...rows('browser', browserMs), ...rows('native', nativeMs), ...rows('tfjs-node', tfjsNodeMs)];
    }),
    ...traced('setup', tracePass.setupMs === null ? [] : [tracePass.setupMs]),
    ...traced('warm-up', tracePass.warmupMs === null ? [] : [tracePass.warmupMs]),
    ...traced('settling', tracePass.settlingMs),
    ...traced('prediction', tracePass.iterationsMs),
  ];
}

const traced = (kind: string, all: readonly number[]): LatencyRow[] =>
  all.map((ms, iteration) => ({ pass: 'trace', kind, runtime: 'browser', replicate: -1, round: -1, iteration, ms }));

const pageLatencies = ({ latency }: Analysis): LatencyRow[] => [
  ...traced('warm-up', typeof latency?.warmupMs === 'number' ? [latency.warmupMs] : []),
  ...traced('prediction', latency?.prediction?.samplesMs ?? []),
];
