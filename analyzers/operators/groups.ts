import { type OperatorKind, operatorKinds } from './kind.js';
import type { OperatorFunctions } from './operatorFunctions.js';

/** All operators of one kind: "depthwise convolutions". Times are of the profiling pass, ms. */
export interface OperatorGroup extends OperatorFunctions {
  readonly kind: OperatorKind;
  readonly title: string;
  readonly count: number;
  /** Sum over the operators. */
  readonly ms: number;
  readonly share: number;
  /** Sums over the operators that have a native one; null where none has. */
  readonly paired: { readonly count: number; readonly ms: number; readonly nativeMs: number } | null;
  /** Sums over the operators whose work is known, at this machine's peaks in this browser; null where it is of none. */
  readonly roof: { readonly count: number; readonly ms: number; readonly roofMs: number } | null;
  /**
   * Time above the roof or, of an operator whose roof is not known, above the native one: at most that could be saved. Null where
   * neither is known of any.
   */
  readonly aboveMs: number | null;
  /** The same of a prediction of the timing pass; see `Operator.couldSaveMs`. */
  readonly couldSaveMs: number | null;
  /** The shape that takes the most of that, or else of the time. */
  readonly largest: { readonly shape: string; readonly count: number; readonly ms: number };
}

/** What a group is made of; see `Operator`. */
interface Grouped {
  readonly kind: OperatorKind;
  readonly shape: string;
  readonly ms: number;
  readonly share: number;
  readonly nativeMs: number | null;
  readonly roofMs: number | null;
  readonly couldSaveMs: number | null;
}

/** Groups of the operators that took time, the one with the most to save first. */
export function operatorGroups(
  operators: readonly Grouped[],
  functionsOf: (kind: OperatorKind) => OperatorFunctions,
): OperatorGroup[] {
  const byKind = new Map<OperatorKind, Grouped[]>();
  for (const operator of operators) {
    if (operator.ms <= 0) continue;
    const own = byKind.get(operator.kind);
    if (own) own.push(operator);
    else byKind.set(operator.kind, [operator]);
  }
  return [...byKind]
    .map(([kind, own]) => group(kind, own, functionsOf(kind)))
    .sort((a, b) => (b.aboveMs ?? 0) - (a.aboveMs ?? 0) || b.ms - a.ms);
}

function group(kind: OperatorKind, own: readonly Grouped[], functions: OperatorFunctions): OperatorGroup {
  const paired = own.filter(({ nativeMs }) => nativeMs !== null);
  const known = own.filter(({ roofMs }) => roofMs !== null);
  return {
    kind,
    title: operatorKinds[kind],
    count: own.length,
    ms: sum(own, ({ ms }) => ms),
    share: sum(own, ({ share }) => share),
    paired:
      paired.length > 0
        ? { count: paired.length, ms: sum(paired, ({ ms }) => ms), nativeMs: sum(paired, ({ nativeMs }) => nativeMs!) }
        : null,
    roof:
      known.length > 0
        ? { count: known.length, ms: sum(known, ({ ms }) => ms), roofMs: sum(known, ({ roofMs }) => roofMs!) }
        : null,
    aboveMs: sumOfKnown(own.map(aboveMs)),
    couldSaveMs: sumOfKnown(own.map(({ couldSaveMs }) => couldSaveMs)),
    largest: largestShape(own),
    ...functions,
  };
}

/**
 * Time above the roof, or else above native; null where nothing says how fast it could be. A roof that was beaten is none, as where
 * data stays in the caches: then native says it.
 */
export function aboveMs({ ms, roofMs, nativeMs }: Pick<Grouped, 'ms' | 'roofMs' | 'nativeMs'>): number | null {
  const least = roofMs !== null && (roofMs <= ms || nativeMs === null) ? roofMs : nativeMs;
  return least === null ? null : Math.max(0, ms - least);
}

function largestShape(own: readonly Grouped[]): OperatorGroup['largest'] {
  const shapes = new Map<string, { count: number; ms: number; aboveMs: number }>();
  for (const operator of own) {
    const known = shapes.get(operator.shape) ?? { count: 0, ms: 0, aboveMs: 0 };
    shapes.set(operator.shape, {
      count: known.count + 1,
      ms: known.ms + operator.ms,
      aboveMs: known.aboveMs + (aboveMs(operator) ?? 0),
    });
  }
  const [shape, { count, ms }] = [...shapes].sort(([, a], [, b]) => b.aboveMs - a.aboveMs || b.ms - a.ms)[0]!;
  return { shape, count, ms };
}

/** Null where none is known. */
function sumOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? sum(known, (value) => value) : null;
}

const sum = <T>(list: readonly T[], of: (each: T) => number): number => list.reduce((total, each) => total + of(each), 0);
