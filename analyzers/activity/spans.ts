import { firstWhere } from './search.js';

/** A stretch of a thread's time, µs on the trace clock, [startUs, endUs). */
export interface Span<T> {
  readonly startUs: number;
  readonly endUs: number;
  readonly value: T;
}

/** Merges two lists of spans: where both have one, the upper one counts. The lists and the result are sorted without overlap. */
export function overlay<T>(lower: readonly Span<T>[], upper: readonly Span<T>[]): Span<T>[] {
  const left = subtract(lower, upper);
  const result: Span<T>[] = [];
  let next = 0;
  for (const span of left) {
    while (next < upper.length && upper[next]!.startUs < span.startUs) result.push(upper[next++]!);
    result.push(span);
  }
  while (next < upper.length) result.push(upper[next++]!);
  return result;
}

/** The parts of the spans that the covers leave free. Both lists are sorted without overlap, and so is the result. */
export function subtract<T>(spans: readonly Span<T>[], covers: readonly Span<unknown>[]): Span<T>[] {
  const result: Span<T>[] = [];
  let first = 0;
  for (const { startUs, endUs, value } of spans) {
    while (first < covers.length && covers[first]!.endUs <= startUs) first++;
    let from = startUs;
    for (let i = first; i < covers.length && covers[i]!.startUs < endUs; i++) {
      if (covers[i]!.startUs > from) result.push({ startUs: from, endUs: covers[i]!.startUs, value });
      from = Math.max(from, covers[i]!.endUs);
    }
    if (from < endUs) result.push({ startUs: from, endUs, value });
  }
  return result;
}

/** Flattens nested spans, so that every moment has the value of the innermost one. They are sorted by start, outermost first. */
export function flatten<T>(nested: readonly Span<T>[]): Span<T>[] {
  const result: Span<T>[] = [];
  const open: Span<T>[] = [];
  let at = Number.NEGATIVE_INFINITY;
  const emit = (endUs: number, value: T): void => {
    if (endUs > at) result.push({ startUs: at, endUs, value });
    at = Math.max(at, endUs);
  };
  const closeUntil = (timeUs: number): void => {
    for (let inner = open.at(-1); inner && inner.endUs <= timeUs; inner = open.at(-1)) {
      emit(inner.endUs, inner.value);
      open.pop();
    }
  };
  for (const span of nested) {
    closeUntil(span.startUs);
    const around = open.at(-1);
    if (around) emit(span.startUs, around.value);
    at = Math.max(at, span.startUs);
    open.push(span);
  }
  closeUntil(Number.POSITIVE_INFINITY);
  return result;
}

/** The part of each span that lies in [startUs, endUs). */
export function clip<T>(spans: readonly Span<T>[], startUs: number, endUs: number): Span<T>[] {
  const result: Span<T>[] = [];
  if (!(startUs < endUs)) return result;
  for (let i = firstEndingAfter(spans, startUs); i < spans.length && spans[i]!.startUs < endUs; i++) {
    const { startUs: start, endUs: end, value } = spans[i]!;
    result.push({ startUs: Math.max(start, startUs), endUs: Math.min(end, endUs), value });
  }
  return result;
}

/** The time that lies in any of the spans, as sorted spans without overlap. The given spans may overlap. */
export function union(spans: readonly Omit<Span<unknown>, 'value'>[]): Span<null>[] {
  const result: Span<null>[] = [];
  for (const { startUs, endUs } of [...spans].sort((a, b) => a.startUs - b.startUs)) {
    const last = result.at(-1);
    if (last && startUs <= last.endUs) {
      if (endUs > last.endUs) result[result.length - 1] = { startUs: last.startUs, endUs, value: null };
    } else result.push({ startUs, endUs, value: null });
  }
  return result;
}

/** Length of all spans together, µs. */
export function totalUs(spans: readonly Span<unknown>[]): number {
  return spans.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0);
}

/** Position of the first span that ends after a moment. The spans are sorted without overlap. */
export function firstEndingAfter(spans: readonly Pick<Span<unknown>, 'endUs'>[], timeUs: number): number {
  return firstWhere(spans.length, (i) => spans[i]!.endUs > timeUs);
}

/** Returns a fast function for the time of the spans between two moments, µs. The spans are sorted without overlap. */
export function lengthWithin(spans: readonly Span<unknown>[]): (startUs: number, endUs: number) => number {
  const before = new Float64Array(spans.length + 1);
  spans.forEach(({ startUs, endUs }, i) => {
    before[i + 1] = before[i]! + endUs - startUs;
  });
  const untilUs = (timeUs: number): number => {
    const next = firstEndingAfter(spans, timeUs);
    return before[next]! + Math.max(0, timeUs - (spans[next]?.startUs ?? timeUs));
  };
  return (startUs, endUs) => untilUs(endUs) - untilUs(startUs);
}
