import type { Interval } from '../../src/stats/interval.js';
import type { Doer } from '../partition/causes/cause.js';

/** One thing worth doing. Texts may hold names from pages, traces and modules: untrusted. */
export interface Step {
  /** Stable, such as `operators.depthwise`, `page.script`, `threads.more`. */
  readonly id: string;
  /** What to do, without a final period. */
  readonly title: string;
  readonly saves: Saving;
  /** How the saving is known, or why it is not; one or two sentences. */
  readonly basis: string;
  readonly who: Doer;
  /** Where it is to be done, most important first. */
  readonly where: readonly StepPlace[];
  readonly action: {
    /** Complete, ready for a shell: it makes the change, or measures it. Null where there is none. */
    readonly command: string | null;
    /** A change of code or of a server's settings. */
    readonly code: string | null;
  };
  /** What was seen, a short sentence each. */
  readonly evidence: readonly string[];
}

/** What a step saves, each time. */
export interface Saving {
  /**
   * Of what: each prediction; each of those that take markedly longer; each use of the model in a page, with what its scripts do
   * around it; time in which a page's main thread is blocked; once, of the first inference or the set-up; memory, with each inference.
   */
  readonly of: 'prediction' | 'slow prediction' | 'use' | 'blocking' | 'warm-up' | 'setup' | 'memory';
  /** Null where it was not measured, and of memory. */
  readonly ms: number | null;
  readonly ci95Ms: Interval | null;
  /** Of memory only. */
  readonly bytes: number | null;
  /** `measured`: with and without it. `bound`: at most that much. */
  readonly kind: 'measured' | 'bound' | 'not measured';
}

/** A place in a graph, a module or a script. Null: not known, or not of that sort. */
export interface StepPlace {
  /** A kind of operators, as `kernelTotals.groups` names it. */
  readonly operators: string | null;
  /** A function of a script or of a module. */
  readonly function: string | null;
  readonly script: string | null;
  /** 1-based. */
  readonly line: number | null;
}

/**
 * A step before it was compared with the others. Two steps that turn the same knob exclude each other: use more threads, use
 * fewer.
 */
export interface Candidate {
  readonly step: Step;
  readonly knob: Knob | null;
  /**
   * `again`: before it is done, nothing else that is said can be relied on. `symptom`: what a user of the page feels, or what was asked
   * for and not given. `recording`: it makes the answer better, and not the page.
   */
  readonly rank: 'again' | 'symptom' | 'saving' | 'recording';
  /** What it saves per prediction, where not each is spared that much; null: as it says. The order goes by it. */
  readonly meanMs: number | null;
}

export type Knob =
  | 'threads'
  | 'thread'
  | 'simd'
  | 'backend'
  | 'warm-up'
  | 'tiers'
  | 'session'
  | 'inferences'
  | 'fma'
  | 'width'
  | 'build'
  | 'io'
  | 'shapes'
  | 'graph'
  | 'library';

/** Advice that was measured and is therefore not given. */
export interface Refuted {
  /** As the step's would be. */
  readonly id: string;
  readonly title: string;
  /** Latency with it over that of the page as used. */
  readonly ratio: number;
  readonly ratioCi95: Interval;
  /** How it was measured. */
  readonly basis: string;
  /** Why it is no advice, the end of a sentence. */
  readonly why: string;
}

/** What a source finds. */
export interface Found {
  readonly candidates: readonly Candidate[];
  /** Knobs of which it was measured that turning them gains nothing. */
  readonly settled: readonly Knob[];
  readonly refuted: readonly Refuted[];
}

const NOTHING = { ci95Ms: null, bytes: null } as const;

export const measured = (of: Saving['of'], ms: number, ci95Ms: Interval | null = null): Saving => ({
  ...NOTHING,
  of,
  ms,
  ci95Ms,
  kind: 'measured',
});

export const atMost = (of: Saving['of'], ms: number, ci95Ms: Interval | null = null): Saving => ({
  ...NOTHING,
  of,
  ms,
  ci95Ms,
  kind: 'bound',
});

export const notMeasured = (of: Saving['of'] = 'prediction'): Saving => ({ ...NOTHING, of, ms: null, kind: 'not measured' });

type Parts = Pick<Step, 'id' | 'title' | 'saves' | 'basis' | 'who'> & {
  readonly where?: Step['where'];
  readonly command?: string | null;
  readonly code?: string | null;
  readonly evidence?: readonly string[];
  readonly knob?: Knob;
  readonly rank?: Candidate['rank'];
  readonly meanMs?: number;
};

/** A step that saves time, unless its rank says otherwise. */
export function candidate({
  where = [],
  command = null,
  code = null,
  evidence = [],
  knob,
  rank,
  meanMs,
  ...step
}: Parts): Candidate {
  return {
    step: { ...step, where, action: { command, code }, evidence },
    knob: knob ?? null,
    rank: rank ?? 'saving',
    meanMs: meanMs ?? null,
  };
}

export const place = (known: Partial<StepPlace>): StepPlace => ({
  operators: null,
  function: null,
  script: null,
  line: null,
  ...known,
});
