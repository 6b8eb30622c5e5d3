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
import { ownCodeSteps } from './sources/ownCode.js';
import { recordSteps } from './sources/record.js';
import { startSteps } from './sources/start.js';
import { threadSteps } from './sources/threads.js';
import type { Candidate, Step } from './step.js';

const SOURCES: readonly ((seen: Seen) => Candidate[])[] = [
  mainThreadSteps,
  memorySteps,
  ownCodeSteps,
  operatorSteps,
  gpuWorkSteps,
  causeSteps,
  threadSteps,
  buildSteps,
  backendSteps,
  startSteps,
  recordSteps,
];

/** What to do, most useful first; see `inOrder`. */
export function stepsOf(seen: Seen): Step[] {
  const found = SOURCES.map((source) => ({ candidates: source(seen), settled: [] }));
  return inOrder([ladderSteps(seen), ...found]);
}
