import type { Compare, Limit } from '../../src/bundle/compare.js';
import { changeIn } from '../../src/bundle/comparedFigures.js';
import { FEWEST_PAIRS } from '../../src/stats/changeVerdict.js';
import { formatMs, formatPlural } from '../../src/view/format.js';
import { type Comparison, changedSettings } from '../comparison/compared.js';
import type { MachineFacts } from '../machine/machine.js';
import { info, lack, type Note, warning } from '../question.js';
import { type CauseChange, causeChanges, type NamedChange, namedChanges, type TimeChange, windowChange } from './changes.js';
import { type Explained, explained } from './explained.js';
import { type ComparedFigure, comparedFigures } from './figures.js';

/** What limits say of a comparison. `undecided`: none is shown to be exceeded, and not all are shown to be kept. */
export type GateOutcome = 'failed' | 'passed' | 'undecided';

/**
 * What `trace compare --json` prints and its report shows. Times are milliseconds of one inference, shares fractions of 1, `…Ci95` are 95 %
 * intervals [low, high], null means not measured.
 */
export interface CompareAnalysis {
  readonly schema: 'inferscope.compare-analysis/1';
  readonly toolVersion: string;
  readonly source: { readonly name: string; readonly complete: boolean };
  /** `in turn`: in rounds of fresh processes. `apart`: two bundles, whose difference also holds what the machine did in between. */
  readonly recorded: 'in turn' | 'apart';
  /** What is compared. Names are untrusted text. */
  readonly sides: Pick<Compare['plan'], 'a' | 'b'>;
  /** Null of a trace without a bundle. */
  readonly machine: MachineFacts | null;
  /** Rounds in which a fresh process of each ran; none of two bundles. */
  readonly rounds: number;
  /** Why they ended; null: they were interrupted. */
  readonly ended: Compare['ended'];
  readonly figures: readonly ComparedFigure[];
  /** Change of the prediction in each round, as a fraction: 0.1 for 10 % longer. */
  readonly changes: readonly number[];
  /** What the limits say; null without one. */
  readonly gate: GateOutcome | null;
  /** The typical traced windows, which the causes sum to; null where there are none. */
  readonly window: TimeChange | null;
  readonly causes: readonly CauseChange[];
  readonly explained: Explained | null;
  /** Functions of clear causes. */
  readonly functions: readonly NamedChange[];
  /** Operators, where a cause is clear and the framework tells their times. */
  readonly operators: readonly NamedChange[];
  /** Settings that differ. */
  readonly changed: Comparison['changed'];
  readonly notes: readonly Note[];
}

export interface CompareInput {
  /** The folder, as the user named it. */
  readonly name: string;
  readonly toolVersion: string;
  readonly compare: Compare;
}

/** Pure: the same input gives the same analysis. */
export function analyzeCompare({ name, toolVersion, compare }: CompareInput): CompareAnalysis {
  const { plan, machine, rounds, ended, settings } = compare;
  const figures = comparedFigures(compare);
  const window = windowChange(rounds);
  const causes = causeChanges(rounds);
  const clear = new Set(causes.filter(({ isClear }) => isClear).map(({ id }) => id));
  return {
    schema: 'inferscope.compare-analysis/1',
    toolVersion,
    source: { name, complete: ended !== null },
    recorded: 'in turn',
    sides: { a: plan.a, b: plan.b },
    machine,
    rounds: rounds.length,
    ended,
    figures,
    changes: rounds.flatMap((round) => changeIn([round], 'prediction', 'ratio')?.value ?? []).map(Math.expm1),
    gate: gateOf(figures, compare),
    window,
    causes,
    explained: explained(window, causes),
    functions: clear.size > 0 ? namedChanges(rounds, 'functions', (of) => of !== null && clear.has(of)) : [],
    operators: clear.size > 0 ? namedChanges(rounds, 'operators', () => true) : [],
    changed: changedSettings(settings),
    notes: [...fewRounds(compare), ...unmeasured(figures, compare), ...faults(compare), ...untimedCost(figures, window)],
  };
}

/** What limits say; null without one. */
export function gateOf(
  figures: readonly ComparedFigure[],
  { limits }: { readonly limits: readonly Limit[] },
): GateOutcome | null {
  if (limits.length === 0) return null;
  const judged = figures.filter(({ limit }) => limit !== null);
  if (judged.some(({ verdict }) => verdict === 'slower')) return 'failed';
  const isKept = ({ verdict }: ComparedFigure): boolean => verdict === 'same' || verdict === 'faster';
  return judged.length === limits.length && judged.every(isKept) ? 'passed' : 'undecided';
}

/** Whether a gate lets nothing through. @param strict what is undecided is refused, too */
export const refuses = (gate: GateOutcome | null, strict: boolean): boolean =>
  gate === 'failed' || (gate === 'undecided' && strict);

function fewRounds({ rounds }: Compare): Note[] {
  return rounds.length >= FEWEST_PAIRS
    ? []
    : [
        warning(
          'few-rounds',
          `${formatPlural(rounds.length, 'round')} of the ${FEWEST_PAIRS} that a verdict needs: nothing is decided by so few. The same command with this folder as --out adds to them.`,
        ),
      ];
}

function unmeasured(figures: readonly ComparedFigure[], { limits, rounds }: Compare): Note[] {
  const missing = limits.filter(({ figure }) => !figures.some(({ id }) => id === figure));
  if (rounds.length === 0) return [];
  return missing.map(({ figure }) =>
    lack(`no-${figure}`, `There is a limit on ${figure}, which was not measured on both sides.`),
  );
}

function faults({ rounds, plan }: Compare): Note[] {
  return (['a', 'b'] as const).flatMap((side) => {
    const faulty = rounds.filter((round) => round[side].faults.length > 0);
    if (faulty.length === 0) return [];
    return [
      warning(
        `void-${side}`,
        `${faulty.length} of ${formatPlural(rounds.length, 'recording')} of ${plan[side].name} are no valid measurement: ${faulty[0]![side].faults[0]}`,
      ),
    ];
  });
}

/** Of a difference less than this part of the prediction it does not matter whether both passes see it. */
const LEAST_PART = 0.02;

/** The causes are of traced windows, and the latency that is quoted is not. */
function untimedCost(figures: readonly ComparedFigure[], window: TimeChange | null): Note[] {
  const prediction = figures.find(({ id }) => id === 'prediction');
  if (!prediction || !window) return [];
  const [timed, traced] = [prediction.difference, window.differenceMs];
  const [low, high] = window.differenceCi95Ms;
  const agree = prediction.differenceCi95[0] <= high && low <= prediction.differenceCi95[1];
  if (agree || Math.abs(timed - traced) < LEAST_PART * prediction.a) return [];
  return [
    info(
      'trace-differs',
      `Timed without recording the difference is ${formatMs(timed)}, and in the traced windows ${formatMs(traced)}: causes are parts of the latter.`,
    ),
  ];
}
