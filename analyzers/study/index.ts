import type { MachineFacts } from '../machine/machine.js';
import type { Note } from '../question.js';
import { ablationTable } from './ablation.js';
import { accuracyTable } from './accuracy.js';
import { causesTable } from './causes.js';
import { type CellFacts, type CellRuns, studyCells } from './cells.js';
import { failuresTable, type RunCounts, runCounts } from './failures.js';
import { gapTable } from './gap.js';
import { latencyTable } from './latency.js';
import { memoryTable } from './memory.js';
import { studyNotes } from './notes.js';
import { operatorsTable } from './operators.js';
import { qoeTable } from './qoe.js';
import type { StudyInput } from './studyInput.js';
import { warmupTable } from './warmup.js';

/** One table per question, in the order of the JSON document. Rows are in the order of the study's cells. */
const tables = {
  latency: latencyTable,
  gap: gapTable,
  ablation: ablationTable,
  causes: causesTable,
  memory: memoryTable,
  qoe: qoeTable,
  accuracy: accuracyTable,
  kernels: operatorsTable,
  failures: failuresTable,
  warmup: warmupTable,
} satisfies Readonly<Record<string, (cells: readonly CellRuns[], input: StudyInput) => unknown>>;

export type StudyTables = { readonly [Name in keyof typeof tables]: ReturnType<(typeof tables)[Name]> };

/**
 * What `trace analyze <study> --json` prints and the study's report shows. All times are milliseconds, shares are fractions of 1,
 * `…Ci95` are 95 % intervals [low, high], null means not measured.
 */
export interface StudyAnalysis extends StudyTables {
  readonly schema: 'inferscope.study-analysis/1';
  readonly toolVersion: string;
  /** False while runs are missing. */
  readonly source: { readonly name: string; readonly complete: boolean };
  readonly study: StudyFacts;
  readonly machine: MachineFacts;
  /** Each product that ran some run: "Chrome/156.0"; several if the browser was changed between runs. */
  readonly browsers: readonly string[];
  readonly cells: readonly CellFacts[];
  readonly notes: readonly Note[];
}

export interface StudyFacts {
  readonly name: string;
  readonly description: string;
  readonly startedAt: string;
  readonly seed: number;
  readonly rounds: number;
  readonly toolVersion: string;
  readonly runs: RunCounts;
}

/** Makes all tables of a study from the runs that exist. Pure: the same input gives the same tables. */
export function analyzeStudy(input: StudyInput): StudyAnalysis {
  const cells = studyCells(input);
  const { name, description, startedAt, seed, rounds, toolVersion, machine } = input.study;
  const runs = runCounts(input);
  const made = Object.fromEntries(Object.entries(tables).map(([id, make]) => [id, make(cells, input)])) as unknown as StudyTables;
  const known = {
    study: { name, description, startedAt, seed, rounds, toolVersion, runs },
    machine,
    browsers: [...new Set(input.runs.flatMap(({ manifest }) => manifest.browser?.product ?? []))],
    cells: cells.map(({ facts }) => facts),
    ...made,
  };
  return {
    schema: 'inferscope.study-analysis/1',
    toolVersion: input.toolVersion,
    source: { name: input.name, complete: runs.missing === 0 },
    ...known,
    notes: studyNotes(input, cells, known),
  };
}
