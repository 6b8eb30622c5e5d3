import type { Known } from '../../src/fact.js';
import { coldStart } from '../coldStart/index.js';
import { contention } from '../contention/index.js';
import { functions } from '../functions/index.js';
import { gap } from '../gap/index.js';
import { gpu } from '../gpu/index.js';
import { fact } from '../input.js';
import { instructions } from '../instructions/index.js';
import { latency } from '../latency/index.js';
import { machine } from '../machine/index.js';
import { operators } from '../operators/index.js';
import { outputs } from '../outputs/index.js';
import { pageStateQuestion } from '../pageState/index.js';
import { partition } from '../partition/index.js';
import { placement } from '../placement/index.js';
import { type AnalysisSource, describeSource } from '../recording/describe.js';
import { recording } from '../recording/index.js';
import { runtime } from '../runtime/index.js';
import { source } from '../source/index.js';
import { inferences } from '../windows/question.js';

const parts = {
  run: recording.facts.run,
  page: recording.facts.page,
  command: recording.facts.command,
  pageState: pageStateQuestion.facts.pageState,
  gpuRequests: pageStateQuestion.facts.gpuRequests,
  mainThread: pageStateQuestion.facts.mainThread,
  inferenceMemory: pageStateQuestion.facts.inferenceMemory,
  outputs: outputs.facts.outputs,
  latency: latency.facts.latency,
  use: latency.facts.use,
  setUps: inferences.facts.setUps,
  commandToFind: inferences.facts.commandToFind,
  inferences: inferences.facts.inferences,
  partition: partition.facts.partition,
  outliers: partition.facts.outliers,
  gap: gap.facts.gap,
  wasm: functions.facts.wasm,
  instructionSet: instructions.facts.instructionSet,
  cores: contention.facts.cores,
  workers: contention.facts.workers,
  compile: runtime.facts.compile,
  coldStart: coldStart.facts.coldStart,
  gc: runtime.facts.gc,
  glue: runtime.facts.glue,
  gpu: gpu.facts.gpu,
  fallbacks: placement.facts.fallbacks,
  readBacksAmid: placement.facts.readBacksAmid,
  kernels: operators.facts.kernels,
  kernelTotals: operators.facts.kernelTotals,
  machine: machine.facts.machine,
  browser: machine.facts.browser,
  trace: source.facts.trace,
} as const;

/** The parts of an analysis that steps and the verdict on a measurement rest on. Null: not known. */
export type Seen = { readonly [Key in keyof typeof parts]: Known<(typeof parts)[Key]> | null } & {
  readonly source: AnalysisSource;
};

export const seen = fact('seen', (get): Seen => {
  const known = Object.entries(parts).map(([key, each]) => [key, get.maybe<unknown>(each)]);
  return { ...Object.fromEntries(known), source: describeSource(get.input) } as Seen;
});
