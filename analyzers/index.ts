import { type Fact, facts, type Known } from '../src/fact.js';
import { DecodedModules } from '../src/wasm/decodedModules.js';
import { accuracy } from './accuracy/index.js';
import { callStacks } from './callTree/index.js';
import { coldStart } from './coldStart/index.js';
import { contention } from './contention/index.js';
import { frames } from './frames/index.js';
import { functions } from './functions/index.js';
import { gap } from './gap/index.js';
import { gpu } from './gpu/index.js';
import type { AnalyzerInput, Get, Given } from './input.js';
import { instructions } from './instructions/index.js';
import { latency } from './latency/index.js';
import { machine } from './machine/index.js';
import { memory } from './memory/index.js';
import { operators } from './operators/index.js';
import type { Operator } from './operators/operators.js';
import { outputs } from './outputs/index.js';
import { pageStateQuestion as pageState } from './pageState/index.js';
import { partition } from './partition/index.js';
import { placement } from './placement/index.js';
import { qoe } from './qoe/index.js';
import { type Note, notesOf } from './question.js';
import { type AnalysisSource, describeSource } from './recording/describe.js';
import { recording } from './recording/index.js';
import { responsiveness } from './responsiveness/index.js';
import { runtime } from './runtime/index.js';
import { source } from './source/index.js';
import { steps } from './steps/index.js';
import { validity } from './validity/index.js';
import { video } from './video/index.js';
import { inferences } from './windows/question.js';

/** The questions that an analysis answers. The JSON document, and notes of one level, follow their order. */
export const questions = {
  validity,
  steps,
  recording,
  pageState,
  outputs,
  latency,
  inferences,
  partition,
  gap,
  functions,
  callStacks,
  instructions,
  contention,
  runtime,
  coldStart,
  gpu,
  placement,
  frames,
  responsiveness,
  qoe,
  accuracy,
  video,
  operators,
  memory,
  machine,
  source,
};

type Questions = typeof questions;
type Merged<Parts> = (Parts extends unknown ? (part: Parts) => void : never) extends (all: infer All) => void ? All : never;
type Facts = Merged<Questions[keyof Questions]['facts']>;
type Answers = { readonly [Key in keyof Facts]: Known<Facts[Key]> | null };

/**
 * The document that `trace analyze --json` prints and the report shows. `trace schema` prints its JSON Schema; what is in it keeps its name and meaning while `schema` says /1. Times are in
 * milliseconds, shares are fractions of 1, `…Ci95` are 95 % intervals [low, high]. Null means not measured, and a note says why.
 */
export interface Analysis extends Omit<Answers, 'kernels'> {
  readonly schema: 'inferscope.analysis/1';
  readonly toolVersion: string;
  readonly source: AnalysisSource;
  /** Time per operator of the browser's graph, largest first; empty if no profiling pass recorded it. */
  readonly kernels: readonly Operator[];
  /** What is doubtful or could not be measured, and why, most important first. */
  readonly notes: readonly Note[];
}

/**
 * Answers every question for one input. The same input gives the same analysis.
 * @param decoded decoded Wasm modules. New ones are added: pass the same object for several inputs, so that each is decoded once
 */
export function analyze(input: AnalyzerInput, decoded = new DecodedModules()): Analysis {
  return analysisOf(factsOf(input, decoded));
}

/** What can be known of one input, for who asks for more than the analysis holds. */
export const factsOf = (input: AnalyzerInput, decoded = new DecodedModules()): Get => facts<Given>({ ...input, decoded });

/** The analysis of the input that the facts are of. */
export function analysisOf(get: Get): Analysis {
  const { input } = get;
  const asked = Object.values(questions).flatMap((each) => Object.entries<Fact<unknown, Given>>(each.facts));
  const answers = Object.fromEntries(asked.map(([key, each]) => [key, get.maybe(each)])) as unknown as Answers;
  return {
    schema: 'inferscope.analysis/1',
    toolVersion: input.toolVersion,
    source: describeSource(input),
    ...answers,
    kernels: answers.kernels ?? [],
    notes: notesOf(get, Object.values(questions)),
  };
}
