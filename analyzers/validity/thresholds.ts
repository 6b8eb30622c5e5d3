/**
 * When a measurement is doubtful, and when it is none; in one place, since they are judgements. Two numbers: from the first on a
 * figure is to be taken with care (`fair`), from the second on it says nothing of what was to be measured (`void`).
 */
export interface Threshold {
  readonly fair: number;
  readonly void: number;
  readonly why: string;
}

export const thresholds = {
  /** Share of the inferences' time in which their thread lacked a core that others had. */
  preempted: {
    fair: 0.05,
    void: 0.2,
    why: 'A prediction that waits for a core a fifth of its time is timed by what else ran.',
  },
  /** Share of the cores that other programs had right before the run; below a fifth is what an operating system does by itself. */
  busy: {
    fair: 0.2,
    void: 0.5,
    why: 'With half of the cores taken, threads of browser and native run get the rest by chance.',
  },
  /** Width of a 95 % interval over its value. */
  width: {
    fair: 0.2,
    void: 1,
    why: 'An interval that is wider than the value holds twice and half of it.',
  },
  /** Factor between predictions under the trace and without it, whichever is longer. */
  observer: {
    fair: 1.2,
    void: 2,
    why: 'Causes are of the traced predictions: twice as long or half as long, they are of another run.',
  },
  /** Share of the inferences' time that no cause claims. */
  unattributed: {
    fair: 0.1,
    void: 0.5,
    why: 'With half of the time unexplained, the largest cause may be missing.',
  },
  /** Share of the inferences that take markedly longer than typical ones. */
  outliers: {
    fair: 0.1,
    void: 0.5,
    why: 'With half of them none is typical.',
  },
} as const satisfies Readonly<Record<string, Threshold>>;

/**
 * Of inferences that were found in a page `SURE` and `GUESS` are the thresholds, in analyzers/windows/confidence.ts: below one half
 * it is more likely not than that these are the inferences.
 */
export { GUESS, SURE } from '../windows/confidence.js';

/**
 * Where nothing tells who had the core, the thread may have waited for a lock of its own page: then preempted time counts this much.
 */
export const UNKNOWN_HOLDER = 0.5;

/** Where that many inferences waited for a core that other programs had, the rest is hardly what was to be measured. */
export const RUINED = 0.25;

/** Fewer inferences say little about the next one. */
export const FEW_INFERENCES = 5;

/** The verdict on a value; null where it is in order. */
export function levelOf(value: number, { fair, void: none }: Threshold): 'fair' | 'void' | null {
  return value >= none ? 'void' : value >= fair ? 'fair' : null;
}
