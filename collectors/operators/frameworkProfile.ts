import { z } from 'zod';
import type { OperatorNode, OperatorRuns } from '../../src/bundle/operatorLog.js';
import { CollectError } from '../collectError.js';

/** What a framework's profiler says: how long each operator took in the predictions that count, and when it ran in the recorded ones. */
export interface FrameworkProfile {
  readonly nodes: OperatorNode[];
  /** When each of the recorded ones ran, by the framework's clock, since the first began. */
  readonly runs: Pick<OperatorRuns, 'startMs' | 'ms'>;
}

/** Times per operator cannot be had here. An expected lack, not a failure. */
export class OperatorsUnavailable extends Error {
  override readonly name = 'OperatorsUnavailable';
}

/**
 * Reads a framework's profile.
 * @param title whose profile it is, for errors: "TF.js’"
 * @throws CollectError if it is something else
 */
export function parseProfile<T>(text: string, schema: z.ZodType<T>, title: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CollectError(`${title} profile is not valid JSON: ${(error as Error).message}`);
  }
  const profile = schema.safeParse(json);
  if (profile.success) return profile.data;
  throw new CollectError(`${title} profile is not as expected:\n${z.prettifyError(profile.error)}`);
}

/** Notes when an operator ran in a prediction, to the microsecond. */
export function addStretch(node: OperatorNode, prediction: number, startMs: number, ms: number): void {
  node.stretches ??= { prediction: [], startMs: [], ms: [] };
  node.stretches.prediction.push(prediction);
  node.stretches.startMs.push(toMicroseconds(startMs));
  node.stretches.ms.push(toMicroseconds(ms));
}

/** Finer than the clocks that give them. A clock of a coarse step may put a beginning before that of what is around it. */
const toMicroseconds = (ms: number): number => Math.max(0, Math.round(ms * 1000) / 1000);
