import { z } from 'zod';
import type { OperatorNode, OperatorRuns } from '../../src/bundle/operatorLog.js';
import { CollectError } from '../collectError.js';

/** A framework's profile: how long each operator took in the counted predictions, and when it ran in the recorded ones. */
export interface FrameworkProfile {
  readonly nodes: OperatorNode[];
  /** When each recorded prediction ran, by the framework's clock, relative to the first one's start. */
  readonly runs: Pick<OperatorRuns, 'startMs' | 'ms'>;
}

/** Times per operator are not available here. This is an expected lack, not a failure. */
export class OperatorsUnavailable extends Error {
  override readonly name = 'OperatorsUnavailable';
}

/**
 * Reads a framework's profile.
 * @param title the framework in errors: "TF.js’"
 * @throws CollectError if the text has another form
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

/** Records when an operator ran in a prediction, in whole microseconds. */
export function addStretch(node: OperatorNode, prediction: number, startMs: number, ms: number): void {
  node.stretches ??= { prediction: [], startMs: [], ms: [] };
  node.stretches.prediction.push(prediction);
  node.stretches.startMs.push(toMicroseconds(startMs));
  node.stretches.ms.push(toMicroseconds(ms));
}

/** Finer than the clocks of the profiles. With a coarse clock, an operator may seem to begin before what surrounds it. */
const toMicroseconds = (ms: number): number => Math.max(0, Math.round(ms * 1000) / 1000);
