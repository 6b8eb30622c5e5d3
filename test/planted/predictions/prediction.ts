import { mean } from 'simple-statistics';
import type { Analysis } from '../../../analyzers/index.js';
import type { Saving, Step } from '../../../analyzers/steps/step.js';
import { studentInterval } from '../../../src/stats/studentInterval.js';

/** A change that a step of the tool advises, and how it is made and measured. */
export interface PredictionCase {
  /** Stable: a file is named by it. */
  readonly id: string;
  /** What is changed, in a few words. */
  readonly title: string;
  /** The step that predicts what it saves. */
  readonly step: string;
  /** Begins what recordings need, such as a server. */
  open(folder: string): Promise<OpenCase>;
}

/** Each recording is made in fresh processes. */
export interface OpenCase {
  /** As it is: how long it takes, and what the tool says of it where it is asked. */
  before(asked: boolean): Promise<{ readonly ms: number; readonly analysis: Analysis | null }>;
  /** With the change: how long it takes. */
  after(): Promise<number>;
  close(): Promise<void>;
}

/** What a step said, and what the change saved. */
export interface Outcome {
  /** Null: the step was not among those that were given. */
  readonly said: {
    readonly title: string;
    readonly kind: Saving['kind'];
    readonly ms: number | null;
    readonly ci95Ms: Saving['ci95Ms'];
  } | null;
  /** Per pair of recordings, before less after. */
  readonly savedMs: readonly number[];
  readonly beforeMs: readonly number[];
}

/** Pairs of one recording each, one after the other: the first says what the tool predicts. */
export async function tryCase(one: PredictionCase, folder: string, pairs: number): Promise<Outcome> {
  const opened = await one.open(folder);
  try {
    let said: Step | null = null;
    const beforeMs: number[] = [];
    const savedMs: number[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      const { ms, analysis } = await opened.before(pair === 0);
      if (pair === 0) said = analysis?.steps?.find(({ id }) => id === one.step) ?? null;
      beforeMs.push(ms);
      savedMs.push(ms - (await opened.after()));
    }
    const saves = said?.saves;
    return {
      said: said && saves ? { title: said.title, kind: saves.kind, ms: saves.ms, ci95Ms: saves.ci95Ms } : null,
      savedMs,
      beforeMs,
    };
  } finally {
    await opened.close();
  }
}

/** What was saved, with the interval of the mean over pairs. */
export interface Judged {
  readonly savedMs: number;
  readonly reachMs: number;
  /** Null where nothing was predicted: a step that was not given, or that says that it is not measured. */
  readonly covered: boolean | null;
}

/**
 * A bound covers what was saved where that, by the low end of its interval, is not above the bound, or above the high end of the
 * bound's own interval. A measured saving covers it where the two differ by no more than their intervals together.
 */
export function judged({ said, savedMs }: Outcome): Judged {
  const saved = mean([...savedMs]);
  const [low] = studentInterval(savedMs);
  const reachMs = saved - low;
  if (said === null || said.ms === null) return { savedMs: saved, reachMs, covered: null };
  const [from, to] = said.ci95Ms ?? [said.ms, said.ms];
  const covered =
    said.kind === 'bound'
      ? saved - reachMs <= Math.max(said.ms, to)
      : Math.abs(saved - said.ms) <= Math.hypot(reachMs, (to - from) / 2);
  return { savedMs: saved, reachMs, covered };
}
