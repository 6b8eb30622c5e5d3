import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import { BUSY_SHARE, isBusy } from '../machine/machine.js';
import type { Note } from '../question.js';
import type { CellRuns } from './cells.js';
import { processes } from './estimates.js';
import type { RunCounts } from './failures.js';
import type { StudyInput } from './studyInput.js';

type OfCells = readonly { readonly cell: { readonly id: string } }[];

interface Tables {
  readonly study: { readonly runs: RunCounts };
  readonly browsers: readonly string[];
  readonly gap: { readonly rows: OfCells };
  readonly causes: OfCells;
  readonly memory: OfCells;
  readonly kernels: OfCells;
}

/** What is doubtful or missing in the tables, and why. */
export function studyNotes({ study, runs, unsplit }: StudyInput, cells: readonly CellRuns[], tables: Tables): Note[] {
  const notes: Note[] = [];
  const add = (level: Note['level'], id: string, text: string | false) => text !== false && notes.push({ id, level, text });
  const ran = cells.filter((cell) => cell.runs.length > 0);
  const all = (count: number) => `${count} of ${ran.length} cells`;
  const without = (rows: OfCells) => ran.filter(({ facts }) => !rows.some(({ cell }) => cell.id === facts.id)).length;

  const differ = ran.filter(({ facts }) => facts.outputs === 'differ').length;
  add(
    'warning',
    'outputs-differ',
    differ > 0 &&
      `${all(differ)} computed something else than native. They are marked with ! in every table and left out of the means.`,
  );
  const software = ran.filter(({ facts }) => facts.softwareGpu).length;
  add(
    'warning',
    'software-gpu',
    software > 0 &&
      `${all(software)} use a GPU that the CPU stands in for (software rendering): their times tell nothing about a GPU.`,
  );
  const otherApi = ran.filter(
    ({ facts, runs: own }) => facts.backend === 'webgl' && own.some(({ baseline }) => baseline?.provider === 'webgpu'),
  ).length;
  add(
    'warning',
    'other-api',
    otherApi > 0 &&
      `${all(otherApi)} ran on WebGL while native ran on WebGPU: their ratio to native compares two ways to the device, and can be below 1 for that reason.`,
  );
  const busy = runs.filter(({ manifest: { machine } }) => isBusy(machine)).length;
  add(
    'warning',
    'busy-machine',
    busy > 0 &&
      `Right before ${busy} of ${runs.length} runs other programs had more than ${100 * BUSY_SHARE} % of the machine: latencies are longer and vary more than on a quiet one.`,
  );
  const moved = ran.filter(({ close }) => (close?.placement?.elsewhere.length ?? 0) > 0).length;
  add(
    'warning',
    'placement',
    moved > 0 && `In ${all(moved)} some operators ran elsewhere than on the backend that was asked for.`,
  );
  const few = ran.filter((cell) => !enoughReplicates(processes(cell.runs).length)).length;
  add(
    'warning',
    'few-rounds',
    few > 0 &&
      `${all(few)} ran in fewer than three fresh browsers: their intervals know nothing of how one browser differs from the next and are too narrow.`,
  );
  add(
    'warning',
    'browsers',
    tables.browsers.length > 1 && `The browser was another in some runs (${tables.browsers.join(', ')}).`,
  );
  const machines = runs.filter(
    ({ manifest: { machine } }) => machine.cpu !== study.machine.cpu || machine.cores !== study.machine.cores,
  );
  add(
    'warning',
    'machines',
    machines.length > 0 && `${machines.length} of ${runs.length} runs were made on another machine than the study began on.`,
  );
  const incomplete = runs.filter(({ manifest }) => manifest.status !== 'complete').length;
  add(
    'warning',
    'incomplete',
    incomplete > 0 && `${incomplete} of ${runs.length} runs hold an incomplete bundle; what they hold is used.`,
  );
  for (const { cell, round, problem } of unsplit)
    add('warning', 'trace', `The trace of ${cell}, round ${round}, cannot be read: ${problem}`);

  const { missing, planned } = tables.study.runs;
  add(
    'lack',
    'unfinished',
    missing > 0 &&
      `${missing} of ${planned} runs have not been made yet. Start the study again to go on with it; these are the results so far.`,
  );
  if (ran.length === 0) return notes;
  const unchecked = ran.filter(({ facts }) => facts.outputs === 'unchecked').length;
  add('lack', 'outputs-unchecked', unchecked > 0 && `Of ${all(unchecked)} the outputs were not compared with native.`);
  const lacks = [
    ['no-native', tables.gap.rows, 'have no native run beside them, so there is no ratio'],
    ['no-causes', tables.causes, 'have no trace with a prediction in it, so their time is not split into causes'],
    ['no-memory', tables.memory, 'have no memory pass'],
    ['no-kernels', tables.kernels, 'have no profile of their operators'],
  ] as const;
  for (const [id, rows, text] of lacks) add('lack', id, without(rows) > 0 && `${all(without(rows))} ${text}.`);
  return notes;
}
