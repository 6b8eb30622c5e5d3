import { ablationSummaries, ablationTable } from './ablationTable.js';
import { causesTable, memoryTable } from './causesTable.js';
import { failuresTable, runStates } from './failuresTable.js';
import { gapTable, ratioSummaries } from './gapTable.js';
import { kernelsTable } from './kernelsTable.js';
import { latencyTable, warmupTable } from './latencyTable.js';
import type { StudyAnalysis, StudyFacts } from './studyAnalysis.js';
import { studyCells } from './studyCells.js';
import type { StudyInput } from './studyInput.js';
import { studyNotes } from './studyNotes.js';

/** Makes all tables of a study, of as many of its runs as there are. Pure: the same input gives the same tables. */
export function analyzeStudy(input: StudyInput): StudyAnalysis {
  const cells = studyCells(input);
  const study = studyFacts(input);
  const browsers = [...new Set(input.runs.flatMap(({ manifest }) => manifest.browser?.product ?? []))];
  const latency = latencyTable(cells);
  const gapRows = gapTable(cells);
  const ablationRows = ablationTable(cells);
  const warmupRows = warmupTable(cells, latency);
  const tables = {
    study,
    machine: input.study.machine,
    browsers,
    cells: cells.map(({ facts }) => facts),
    latency,
    gap: { rows: gapRows, summaries: ratioSummaries(gapRows) },
    ablation: { rows: ablationRows, summaries: ablationSummaries(ablationRows) },
    causes: causesTable(cells),
    memory: memoryTable(cells),
    kernels: kernelsTable(cells),
    failures: failuresTable(input, cells),
    warmup: { rows: warmupRows, summaries: ratioSummaries(warmupRows) },
  };
  return {
    schema: 'inferscope.study-analysis/1',
    toolVersion: input.toolVersion,
    source: { name: input.name, complete: study.runs.missing === 0 },
    ...tables,
    notes: studyNotes(input, cells, tables),
  };
}

function studyFacts(input: StudyInput): StudyFacts {
  const { name, description, startedAt, seed, rounds, toolVersion } = input.study;
  const states = runStates(input);
  const count = (wanted: string) => states.filter(({ state }) => state === wanted).length;
  return {
    name,
    description,
    startedAt,
    seed,
    rounds,
    toolVersion,
    runs: { planned: states.length, done: count('done'), failed: count('failed'), missing: count('missing') },
  };
}
