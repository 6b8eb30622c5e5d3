import type { Trace } from '../src/trace/trace.js';
import type { CompileUse } from './analysis.js';
import type { ThreadCompile } from './compileSpans.js';
import type { CompileTier } from './compileTier.js';
import type { Span } from './spans.js';
import { threadLabel } from './threadLabel.js';
import type { FoundWindows } from './windows.js';

const MAX_THREADS = 8;
const MAX_ROWS = 600;
const MAX_PREDICTIONS = 200;
/** Stretches of one tier closer together than this part of the axis are drawn as one. */
const NEAR = 1 / 400;

/** When what compiled, on a time axis from the start of set-up (or of the first window) to the end of the last window. */
export function compileTimeline(
  trace: Trace,
  { setup, warmup, windows }: FoundWindows,
  compiled: ReadonlyMap<number, ThreadCompile>,
): CompileUse['timeline'] {
  const all = [setup, warmup, ...windows].filter((window) => window !== null);
  const fromUs = all.reduce((first, { startUs }) => Math.min(first, startUs), Number.POSITIVE_INFINITY);
  const toUs = all.reduce((last, { endUs }) => Math.max(last, endUs), Number.NEGATIVE_INFINITY);
  const busiest = [...compiled]
    .map(([thread, { spans }]) => ({ thread, spans, us: usBetween(spans, fromUs, toUs) }))
    .filter(({ us }) => us > 0)
    .sort((a, b) => b.us - a.us);
  const nearUs = (toUs - fromUs) * NEAR;
  const ms = (timeUs: number): number => (timeUs - fromUs) / 1000;
  const rows: Stretch[] = [];
  for (const { thread, spans } of busiest.slice(0, MAX_THREADS)) {
    const label = threadLabel(trace, thread);
    const open = new Map<CompileTier, Stretch>();
    for (const span of spans) {
      const { value } = span;
      const startUs = Math.max(span.startUs, fromUs);
      const endUs = Math.min(span.endUs, toUs);
      if (!(startUs < endUs)) continue;
      const last = open.get(value.tier);
      if (last && ms(startUs) - last.endMs <= nearUs / 1000) {
        last.endMs = ms(endUs);
        last.busyMs += (endUs - startUs) / 1000;
        continue;
      }
      const stretch = {
        thread: label,
        tier: value.tier,
        startMs: ms(startUs),
        endMs: ms(endUs),
        busyMs: (endUs - startUs) / 1000,
      };
      open.set(value.tier, stretch);
      rows.push(stretch);
    }
  }
  const longest = rows.sort((a, b) => b.busyMs - a.busyMs).slice(0, MAX_ROWS);
  return {
    lengthMs: (toUs - fromUs) / 1000,
    phases: [
      ...(setup ? [{ phase: 'setup' as const, startMs: ms(setup.startUs), endMs: ms(setup.endUs) }] : []),
      ...(warmup ? [{ phase: 'warmup' as const, startMs: ms(warmup.startUs), endMs: ms(warmup.endUs) }] : []),
      ...windows.slice(0, MAX_PREDICTIONS).map(({ startUs, endUs }) => ({
        phase: 'predictions' as const,
        startMs: ms(startUs),
        endMs: ms(endUs),
      })),
    ],
    rows: longest.sort((a, b) => a.startMs - b.startMs),
    threadsLeftOut: Math.max(0, busiest.length - MAX_THREADS),
  };
}

function usBetween(spans: readonly Span<unknown>[], fromUs: number, toUs: number): number {
  let us = 0;
  for (const { startUs, endUs } of spans) us += Math.max(0, Math.min(endUs, toUs) - Math.max(startUs, fromUs));
  return us;
}

interface Stretch {
  readonly thread: string;
  readonly tier: CompileTier;
  readonly startMs: number;
  endMs: number;
  busyMs: number;
}
