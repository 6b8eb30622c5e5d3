import type { Validity } from '../validity/validity.js';
import { pageCommand, runCommand } from './command.js';
import { inOrder } from './order.js';
import type { Seen } from './seen.js';
import { backendSteps } from './sources/backend.js';
import { buildSteps } from './sources/build.js';
import { causeSteps } from './sources/causes.js';
import { gpuWorkSteps } from './sources/gpuWork.js';
import { ladderSteps } from './sources/ladder.js';
import { mainThreadSteps } from './sources/mainThread.js';
import { memorySteps } from './sources/memory.js';
import { operatorSteps } from './sources/operators.js';
import { outlierSteps } from './sources/outliers.js';
import { ownCodeSteps } from './sources/ownCode.js';
import { placementSteps } from './sources/placement.js';
import { recordSteps } from './sources/record.js';
import { startSteps } from './sources/start.js';
import { threadSteps } from './sources/threads.js';
import type { Candidate, Step } from './step.js';

const SOURCES: readonly ((seen: Seen, validity: Validity | null) => Candidate[])[] = [
  mainThreadSteps,
  memorySteps,
  ownCodeSteps,
  operatorSteps,
  gpuWorkSteps,
  causeSteps,
  outlierSteps,
  threadSteps,
  buildSteps,
  backendSteps,
  placementSteps,
  startSteps,
  recordSteps,
];

/**
 * What to do, most useful first; see `inOrder`.
 * @param validity the verdict on the measurement
 */
export function stepsOf(seen: Seen, validity: Validity | null): Step[] {
  const found = SOURCES.map((source) => ({ candidates: source(seen, validity), settled: [] }));
  return inOrder([ladderSteps(seen), ...found]).map((step) => verifiable(step, seen));
}

/** A step without a command or code of its own has the command that measures, once it is done, what it gained. */
function verifiable(step: Step, { run, page, command: again }: Seen): Step {
  if (step.action.command !== null || step.action.code !== null) return step;
  const command = run ? runCommand(run) : page ? (again ?? pageCommand(page)) : null;
  return { ...step, action: { command: command ?? 'trace collect --attach', code: null } };
}
