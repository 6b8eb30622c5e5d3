import type { Manifest, PlacedOperator } from '../../src/bundle/manifest.js';
import type { OperatorProfile } from '../../src/bundle/operatorLog.js';
import { gpuApi } from '../activity/gpu/realm.js';
import { type ProfiledFallbacks, profiledCosts } from './profiledCosts.js';

export type Why = PlacedOperator['why'];

/** Where operators ran that were asked to run on a device, and what it costs that some did not. */
export interface Fallbacks {
  /** What they were to run on: "WebGPU"; of a profile that ONNX Runtime wrote itself, its name for it. Untrusted text. */
  readonly backend: string;
  /** Operators that ran there. */
  readonly onBackend: number;
  /** Operators that ran elsewhere. */
  readonly elsewhere: number;
  /** Those of them that no framework moved on purpose, as it does with shapes and small tensors. */
  readonly lacking: number;
  /** By type, place and reason: elsewhere first, the costliest first; then those on the backend, most first. */
  readonly types: readonly PlacedType[];
  /** The operators elsewhere one by one, the costliest first; those of which nothing is known but their type are left out. */
  readonly nodes: readonly Fallback[];
  readonly nodesLeftOut: number;
  /** Copies between backend and processor in a prediction; null where the framework does not list them. */
  readonly copies: { readonly toHost: number; readonly fromHost: number } | null;
  readonly cost: FallbackCost | null;
  /** Why there is no cost, though operators ran elsewhere: the end of a sentence. Null where there is one. */
  readonly costLack: string | null;
}

/** What a prediction spends on operators elsewhere. Parts sum to `ms`. */
export interface FallbackCost {
  readonly ms: number;
  /** The operators themselves. */
  readonly ownMs: number;
  /** Copies to and from them, with what these wait for. */
  readonly copiesMs: number;
  /** At most this part of the copies waits for what the device has to compute anyway; null where it told no times. */
  readonly waitMs: number | null;
  /** Size of what is copied; null where a type is unknown. */
  readonly bytes: number | null;
  /** Copies that are for none of these operators, such as inputs that operators of the backend take on the processor. */
  readonly others: { readonly count: number; readonly ms: number; readonly bytes: number | null };
  /** Duration of the predictions that it was measured in; null where it is unknown. */
  readonly predictionMs: number | null;
  /** At most that a prediction of the timing pass would become shorter without them. */
  readonly savesMs: number;
  /** How it is known, as the end of a sentence. */
  readonly source: string;
}

/** One operator that ran elsewhere. Its times are null where they were not measured. Names are untrusted text. */
export interface Fallback {
  readonly name: string;
  readonly operator: string;
  readonly provider: string;
  readonly why: Why;
  readonly ownMs: number | null;
  readonly copies: number | null;
  readonly copiesMs: number | null;
  readonly bytes: number | null;
}

/** All operators of one type in one place for one reason. */
export interface PlacedType extends Omit<Fallback, 'name' | 'why'> {
  readonly count: number;
  readonly isOnBackend: boolean;
  /** Null where it is unknown, and on the backend. */
  readonly why: Why;
}

/** Most operators that an analysis lists one by one. */
const MOST_LISTED = 200;

interface Given {
  /** Of a run in our page. */
  readonly manifest: Manifest | null;
  /** The framework's profile of its operators; null without one. */
  readonly profile: OperatorProfile | null;
  /** Duration of a prediction of the timing pass, ms; null where none was timed. */
  readonly timedMs: number | null;
}

/**
 * Joins what the framework said when it placed the operators with what its profile says they took.
 * @returns null where nothing was to run on a device, or the framework does not tell
 */
export function fallbacksOf({ manifest, profile, timedMs }: Given): Fallbacks | null {
  const api = manifest && gpuApi(manifest.workload.backend);
  if (manifest && api === null) return null;
  const placement = manifest?.placement ?? null;
  // TF.js names the backend for each of its kernels, wherever it computes.
  const profiled = profile?.graph === 'onnx' ? profiledCosts(profile) : null;
  if (!placement && !profiled) return null;
  const nodes = placement ? joined(placement, profiled) : (profiled?.fallbacks ?? []).map((one) => fallback(one, null));
  const onBackend = placement?.onBackend ?? sum([...profiled!.onBackend.values()]);
  const elsewhere = placement ? sum(placement.elsewhere.map(({ count }) => count)) : nodes.length;
  const onPurpose = nodes.filter(({ why }) => isOnPurpose(why)).length;
  const cost = elsewhere > 0 || (profiled?.others.count ?? 0) > 0 ? costOf(placement, profiled, timedMs) : null;
  const backend = api ?? profiled!.provider;
  const listed = [...nodes].sort((a, b) => msOf(b) - msOf(a)).slice(0, MOST_LISTED);
  return {
    backend,
    onBackend,
    elsewhere,
    lacking: elsewhere - onPurpose,
    types: [...typesElsewhere(placement, nodes), ...typesOnBackend(placement, profiled, backend)],
    nodes: listed,
    nodesLeftOut: nodes.length - listed.length,
    copies: profiled?.copies ?? placement?.copies ?? null,
    cost,
    costLack: cost === null && elsewhere > 0 ? lackOf(manifest) : null,
  };
}

/** Whether an operator is elsewhere since it is the better place for it. */
export const isOnPurpose = (why: Why): boolean => why === 'moved' || why === 'small';

const msOf = ({ ownMs, copiesMs }: Pick<Fallback, 'ownMs' | 'copiesMs'>): number => (ownMs ?? 0) + (copiesMs ?? 0);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Each operator of the placement with its cost. The profile numbers operators that have no name, and keeps their order. */
function joined({ nodes }: NonNullable<Manifest['placement']>, profiled: ProfiledFallbacks | null): Fallback[] {
  const left = new Map((profiled?.fallbacks ?? []).map((one) => [one.name, one]));
  const take = (name: string | undefined) => {
    const one = name === undefined ? undefined : left.get(name);
    if (name !== undefined) left.delete(name);
    return one;
  };
  const byName = nodes.map((node) => take(node.name));
  return nodes.map((node, i): Fallback => {
    const { name, operator, provider, why, cost } = node;
    const one = byName[i] ?? take([...left.values()].find((each) => each.operator === operator)?.name);
    if (one) return fallback({ ...one, name: name || one.name }, why);
    const known = { name, operator, provider, why };
    return cost
      ? {
          ...known,
          ownMs: Math.max(0, cost.ms - cost.readBackMs),
          copies: cost.readBacks,
          copiesMs: cost.readBackMs,
          bytes: cost.readBackBytes,
        }
      : { ...known, ownMs: null, copies: null, copiesMs: null, bytes: null };
  });
}

const fallback = (one: ProfiledFallbacks['fallbacks'][number], why: Why): Fallback => ({
  name: one.name,
  operator: one.operator,
  provider: one.provider,
  why,
  ownMs: one.ownMs,
  copies: one.toHost + one.fromHost,
  copiesMs: one.copiesMs,
  bytes: one.bytes,
});

function costOf(
  placement: Manifest['placement'],
  profiled: ProfiledFallbacks | null,
  timedMs: number | null,
): FallbackCost | null {
  if (profiled) {
    const { fallbacks, ms, others, predictionMs } = profiled;
    const waits = fallbacks.map(({ waitMs }) => waitMs);
    // Where the machine was calmer when it was profiled, more can be saved of a timed prediction.
    const longer = predictionMs > 0 && timedMs !== null ? Math.max(1, timedMs / predictionMs) : 1;
    return {
      ms,
      ownMs: sum(fallbacks.map(({ ownMs }) => ownMs)),
      copiesMs: sum(fallbacks.map(({ copiesMs }) => copiesMs)),
      waitMs: waits.every((wait) => wait !== null) ? sum(waits) : null,
      bytes: sumOfKnown(fallbacks.map(({ bytes }) => bytes)),
      others,
      predictionMs,
      savesMs: Math.min(ms * longer, timedMs ?? Number.POSITIVE_INFINITY),
      source: 'by ONNX Runtime’s profile',
    };
  }
  const costs = (placement?.nodes ?? []).map(({ cost }) => cost);
  if (costs.length === 0 || costs.some((cost) => cost === null)) return null;
  const known = costs.filter((cost) => cost !== null);
  const ms = sum(known.map((cost) => cost.ms));
  const copiesMs = sum(known.map(({ readBackMs }) => readBackMs));
  return {
    ms,
    ownMs: ms - copiesMs,
    copiesMs,
    waitMs: null,
    bytes: sum(known.map(({ readBackBytes }) => readBackBytes)),
    others: { count: 0, ms: 0, bytes: 0 },
    predictionMs: null,
    savesMs: Math.min(ms, timedMs ?? Number.POSITIVE_INFINITY),
    source: 'by the clock of the placement pass, around each kernel of one prediction',
  };
}

/** Null where one is unknown. */
const sumOfKnown = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>((total, value) => (total === null || value === null ? null : total + value), 0);

function lackOf(manifest: Manifest | null): string {
  const told = manifest?.collectors.kernels;
  return told && told.outcome !== 'done' ? `not measured: ${told.detail}` : 'not measured: there is no profile of the operators';
}

/** Types elsewhere, the costliest first. Bundles of before list no single operators. */
function typesElsewhere(placement: Manifest['placement'], nodes: readonly Fallback[]): PlacedType[] {
  const groups = new Map<string, Fallback[]>();
  for (const node of nodes) {
    const key = JSON.stringify([node.operator, node.provider, node.why]);
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  const listed = [...groups.values()].map((group): PlacedType => {
    const { operator, provider, why } = group[0]!;
    const all = (value: (node: Fallback) => number | null): number | null => sumOfKnown(group.map(value));
    return {
      ...{ operator, provider, why, isOnBackend: false, count: group.length },
      ownMs: all(({ ownMs }) => ownMs),
      copies: all(({ copies }) => copies),
      copiesMs: all(({ copiesMs }) => copiesMs),
      bytes: all(({ bytes }) => bytes),
    };
  });
  const unlisted = (placement?.elsewhere ?? []).flatMap(({ operator, provider, count }): PlacedType[] => {
    const known = nodes.filter((node) => node.operator === operator && node.provider === provider).length;
    return count > known ? [{ ...UNKNOWN, operator, provider, count: count - known }] : [];
  });
  return [...listed, ...unlisted].sort((a, b) => msOf(b) - msOf(a) || b.count - a.count || (a.operator < b.operator ? -1 : 1));
}

const UNKNOWN = { why: null, isOnBackend: false, ownMs: null, copies: null, copiesMs: null, bytes: null } as const;

function typesOnBackend(placement: Manifest['placement'], profiled: ProfiledFallbacks | null, provider: string): PlacedType[] {
  const told = (placement?.onBackendTypes ?? []).map(({ operator, count }) => [operator, count] as const);
  const types = told.length > 0 ? told : [...(profiled?.onBackend ?? [])].sort(([, a], [, b]) => b - a);
  return types.map(([operator, count]) => ({ ...UNKNOWN, isOnBackend: true, operator, provider, count }));
}
