import { mean } from 'simple-statistics';
import type { VisitSeries } from '../../src/bundle/visitLog.js';
import { differenceInterval } from '../../src/stats/differenceInterval.js';
import type { Interval } from '../../src/stats/interval.js';
import { studentInterval } from '../../src/stats/studentInterval.js';
import { type UnneededBundle, unneededBundles } from './bundles.js';
import type { ModuleUse, StartedModule } from './modules.js';
import type { PartId } from './parts.js';
import { type CacheReason, whyMissed, whyNotKept } from './reasons.js';
import type { ReadVisit, Until } from './visit.js';

/** A visit that could be read. */
export interface NumberedVisit {
  readonly series: VisitSeries;
  /** From 1. */
  readonly number: number;
  readonly read: ReadVisit;
}

/** What becomes of a module’s compiled code in a visit. */
export interface CachedModule extends StartedModule {
  /** `none yet`: the first visit, before which there was none. */
  readonly codeCache: 'hit' | 'miss' | 'none yet';
  /** Why there was none, or, of the first visit, why none is kept for the next. Null: it was there or is kept, or it is not known why not. */
  readonly reason: CacheReason | null;
}

export interface Visit extends Omit<ReadVisit, 'modules' | 'keeping'> {
  readonly number: number;
  readonly modules: readonly CachedModule[];
}

export interface ColdStart {
  readonly until: Until;
  readonly firstVisit: Visit;
  /** Of the later ones, that of the median length; null without one. */
  readonly laterVisit: Visit | null;
  /** Every visit that was made, in order. */
  readonly visits: readonly {
    readonly series: VisitSeries;
    readonly number: number;
    readonly totalMs: number;
    readonly setupMs: number | null;
    readonly warmupMs: number | null;
    readonly lazyFunctions: number;
  }[];
  /** First visit − mean of the later ones. The interval is of the later ones alone: there is one first visit. Null without a later one. */
  readonly spared: VisitEstimate | null;
  /** Difference of each part between the first visit and the later one, the largest first; they sum to the difference of the two. */
  readonly sparedParts: readonly { readonly part: PartId; readonly ms: number }[];
  /** The same page with the bytes of its module handed over, so that no compiled code is kept; null where that was not measured. */
  readonly bytesHandedOver: {
    readonly laterVisit: Visit;
    /** Mean of later visits with the bytes handed over − mean of those as served: what the code cache spares, each later visit. */
    readonly codeCacheSpares: VisitEstimate;
  } | null;
  readonly unneeded: readonly UnneededBundle[];
}

export interface VisitEstimate {
  readonly ms: number;
  /** Null with fewer than two visits on a side. */
  readonly ci95Ms: Interval | null;
  /** Number of later visits that it is of. */
  readonly visits: number;
}

interface Logged {
  readonly setupMs: number | null;
  readonly warmupMs: number | null;
}

/** @param visits at least one as served, in order */
export function coldStartOf(
  visits: readonly (NumberedVisit & Logged)[],
  builds: Parameters<typeof unneededBundles>[2],
): ColdStart | null {
  const served = visits.filter(({ series }) => series === 'as-served');
  const bytes = visits.filter(({ series }) => series === 'bytes');
  const first = served.find(({ number }) => number === 1) ?? null;
  if (!first) return null;
  const later = served.filter(({ number }) => number > 1);
  const laterBytes = bytes.filter(({ number }) => number > 1);
  const typical = medianVisit(later);
  const typicalBytes = medianVisit(laterBytes);
  const firstVisit = visitOf(first, served);
  const laterVisit = typical && visitOf(typical, served);
  return {
    until: first.read.until,
    firstVisit,
    laterVisit,
    visits: visits.map(({ series, number, setupMs, warmupMs, read: { totalMs, compile } }) => ({
      series,
      number,
      totalMs,
      setupMs,
      warmupMs,
      lazyFunctions: compile.lazyFunctions,
    })),
    spared: later.length > 0 ? sparedBy(first.read.totalMs, later.map(totalOf)) : null,
    sparedParts: laterVisit ? differences(firstVisit, laterVisit) : [],
    bytesHandedOver:
      typicalBytes && later.length > 0
        ? {
            laterVisit: visitOf(typicalBytes, bytes),
            codeCacheSpares: difference(later.map(totalOf), laterBytes.map(totalOf)),
          }
        : null,
    unneeded: unneededBundles(
      first.read.modules,
      served.some(({ read }) => read.usesGpu),
      builds,
    ),
  };
}

const totalOf = ({ read }: NumberedVisit): number => read.totalMs;

/** Of the median length; of two in the middle the shorter. */
function medianVisit<V extends NumberedVisit>(visits: readonly V[]): V | null {
  return [...visits].sort((a, b) => totalOf(a) - totalOf(b))[Math.floor((visits.length - 1) / 2)] ?? null;
}

function visitOf({ number, read }: NumberedVisit, all: readonly NumberedVisit[]): Visit {
  const { modules, keeping, ...rest } = read;
  const before = all.find((each) => each.number === number - 1) ?? null;
  const sameBefore = (module: ModuleUse) => before?.read.modules.find((each) => isSame(each, module)) ?? null;
  return {
    number,
    ...rest,
    modules: modules.map((module) => {
      const { request: _, ...started } = module;
      if (number === 1) return { ...started, codeCache: module.hit ? 'hit' : 'none yet', reason: whyNotKept(module, keeping) };
      if (module.hit) return { ...started, codeCache: 'hit', reason: null };
      const earlier = sameBefore(module);
      const reason = whyMissed(module, earlier && { module: earlier, facts: before!.read.keeping });
      return { ...started, codeCache: 'miss', reason };
    }),
  };
}

const isSame = (one: ModuleUse, other: ModuleUse): boolean =>
  one.url === other.url && (one.bytes === null || other.bytes === null || one.bytes === other.bytes);

function differences(first: Visit, later: Visit): ColdStart['sparedParts'] {
  const ids = [...new Set([...first.parts, ...later.parts].map(({ id }) => id))];
  const msOf = ({ parts }: Visit, id: PartId): number => parts.find((part) => part.id === id)?.ms ?? 0;
  return ids.map((part) => ({ part, ms: msOf(first, part) - msOf(later, part) })).sort((a, b) => Math.abs(b.ms) - Math.abs(a.ms));
}

function sparedBy(firstMs: number, laterMs: readonly number[]): VisitEstimate {
  const [low, high] = studentInterval(laterMs);
  const ci95Ms: Interval | null = laterMs.length < 2 ? null : [firstMs - high, firstMs - low];
  return { ms: firstMs - mean([...laterMs]), ci95Ms, visits: laterMs.length };
}

function difference(lessMs: readonly number[], moreMs: readonly number[]): VisitEstimate {
  const [less, more] = [lessMs, moreMs].map((values) => ({ value: mean([...values]), ci95: studentInterval(values) })) as [
    { value: number; ci95: Interval },
    { value: number; ci95: Interval },
  ];
  const known = lessMs.length >= 2 && moreMs.length >= 2;
  return { ms: more.value - less.value, ci95Ms: known ? differenceInterval(less, more) : null, visits: moreMs.length };
}
