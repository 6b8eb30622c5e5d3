import { median } from 'simple-statistics';
import type { ProcessFigures } from '../../src/bundle/compare.js';
import { type Settings, settingsOf } from '../comparison/compared.js';
import { functionTimes } from '../functions/index.js';
import type { Get } from '../input.js';
import { latencies } from '../latency/index.js';
import { quotedPrediction } from '../latency/quotedPrediction.js';
import { machine } from '../machine/index.js';
import { memory } from '../memory/index.js';
import { operators } from '../operators/index.js';
import { pageStateQuestion } from '../pageState/index.js';
import { causeIds } from '../partition/causes/index.js';
import { partition } from '../partition/index.js';
import { inMs, type WindowTime } from '../partition/partition.js';
import { split as splitWindows } from '../partition/splitWindows.js';
import { recording } from '../recording/index.js';
import { runtime } from '../runtime/index.js';
import { validity } from '../validity/index.js';

/** What a comparison keeps of the recording of one process. */
export interface ProcessFacts {
  readonly figures: ProcessFigures;
  /** "Chrome/156.0"; null: not known. */
  readonly browser: string | null;
  readonly settings: ReturnType<typeof settingsOf>;
}

/** Most functions and operators that are kept, longest first: what takes less time explains no difference. */
const KEPT = 60;

/** Pulls out of a recording what is compared over processes. Only that is computed. */
export function processFacts(get: Get): ProcessFacts {
  const settings = settingsIn(get);
  return { figures: figuresOf(get, settings.page), browser: settings.browser?.product ?? null, settings: settingsOf(settings) };
}

function settingsIn(get: Get): Settings {
  const { run, page } = recording.facts;
  return {
    run: get.maybe(run),
    page: get.maybe(page),
    pageState: get.maybe(pageStateQuestion.facts.pageState),
    browser: get.maybe(machine.facts.browser),
    machine: get.maybe(machine.facts.machine),
  };
}

function figuresOf(get: Get, page: Settings['page']): ProcessFigures {
  const latency = get.maybe(latencies);
  const timed = latency && quotedPrediction({ latency, page });
  const split = get.maybe(partition.facts.partition);
  const verdict = get.maybe(validity.facts.validity);
  return {
    predictionMs: timed && median([...timed.prediction.samplesMs]),
    setupMs: latency?.setupMs ?? null,
    warmupMs: latency?.warmupMs ?? null,
    memoryBytes: get.maybe(memory.facts.memory)?.held?.peakBytes ?? null,
    windows: (get.maybe(splitWindows)?.windows ?? []).map(inMs).map(({ ms, causeMs }) => ({ ms, causesMs: someMs(causeMs) })),
    functions: split ? functionsOf(get, split.typical.windows) : [],
    operators: longest((get.maybe(operators.facts.kernels) ?? []).map(({ name, operator, ms }) => ({ name, of: operator, ms }))),
    faults: verdict?.verdict === 'void' ? verdict.reasons.filter(({ level }) => level === 'void').map(({ text }) => text) : [],
  };
}

/** Causes that have time. */
function someMs(causeMs: WindowTime['causeMs']): Record<string, number> {
  return Object.fromEntries(causeIds.flatMap((id) => (causeMs(id) > 0 ? [[id, causeMs(id)]] : [])));
}

/** Functions of Wasm on all threads, and of JavaScript on the thread that infers. */
function functionsOf(get: Get, windows: number): ProcessFigures['functions'] {
  const wasm = (get.maybe(functionTimes) ?? []).map(({ name, cause, selfMs }) => ({ name, of: cause, ms: selfMs / windows }));
  const script = (get.maybe(runtime.facts.glue)?.functions ?? []).map(({ function: name, builtin, cause, ms }) => ({
    name: [builtin, name ?? 'no function'].filter((part) => part !== null).join(' in '),
    of: cause,
    ms,
  }));
  return longest([...wasm, ...script]);
}

/** Those of one name and owner are one. */
function longest(times: ProcessFigures['functions']): ProcessFigures['functions'] {
  const sums = new Map<string, ProcessFigures['functions'][number]>();
  for (const one of times) {
    const key = JSON.stringify([one.name, one.of]);
    sums.set(key, { ...one, ms: one.ms + (sums.get(key)?.ms ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.ms - a.ms).slice(0, KEPT);
}
