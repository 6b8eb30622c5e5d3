import { quantile } from 'simple-statistics';
import { clip, union } from '../activity/spans.js';
import type { Window } from '../activity/window.js';
import type { Vsync, Vsyncs } from './vsyncs.js';

/** The page's vsyncs inside and outside of windows. A vsync is inside if any part of it is. */
export interface FrameCounts {
  readonly during: FramesIn;
  readonly outside: FramesIn;
  /** Time between two vsyncs; null if no two follow each other. */
  readonly periodMs: number | null;
}

export interface FramesIn {
  readonly vsyncs: number;
  readonly onTime: number;
  readonly partial: number;
  readonly missed: number;
  /** Nothing was to change. */
  readonly idle: number;
  /** Longest time from one shown frame to the next while something was to change at every vsync; null if there was none. */
  readonly longestGapMs: number | null;
  readonly p95GapMs: number | null;
}

/** Chromium takes 60 Hz where it knows no display. https://source.chromium.org/chromium/chromium/src/+/main:components/viz/common/frame_sinks/begin_frame_args.h */
export const USUAL_PERIOD_US = 1e6 / 60;

/** Counts vsyncs by verdict inside and outside of windows. */
export function countFrames({ rows, periodUs: measuredUs }: Vsyncs, windows: readonly Window[]): FrameCounts {
  const periodUs = measuredUs ?? USUAL_PERIOD_US;
  const inWindows = union(windows);
  const isDuring = (startUs: number, endUs: number): boolean => clip(inWindows, startUs, endUs).length > 0;
  const gaps = gapsBetween(rows, periodUs);
  const framesIn = (wanted: boolean): FramesIn => {
    const own = rows.filter(({ startUs }) => isDuring(startUs, startUs + periodUs) === wanted);
    const count = (which: Vsync['verdict']): number => own.filter(({ verdict }) => verdict === which).length;
    const gapsMs = gaps
      .filter(([fromUs, toUs]) => isDuring(fromUs, toUs) === wanted)
      .map(([fromUs, toUs]) => (toUs - fromUs) / 1000);
    return {
      vsyncs: own.length,
      onTime: count('onTime'),
      partial: count('partial'),
      missed: count('missed'),
      idle: count('idle'),
      longestGapMs: gapsMs.length > 0 ? quantile(gapsMs, 1) : null,
      p95GapMs: gapsMs.length > 0 ? quantile(gapsMs, 0.95) : null,
    };
  };
  return { during: framesIn(true), outside: framesIn(false), periodMs: measuredUs === null ? null : measuredUs / 1000 };
}

/** From each shown frame to the next, [µs, µs]. Where nothing was to change in between, that is no gap. */
export function gapsBetween(rows: readonly Vsync[], periodUs: number): (readonly [fromUs: number, toUs: number])[] {
  const gaps: (readonly [number, number])[] = [];
  let stretch: Vsync[] = [];
  const close = (): void => {
    const shownUs = [...new Set(stretch.flatMap((vsync) => vsync.shownUs))].sort((a, b) => a - b);
    for (let i = 1; i < shownUs.length; i++) gaps.push([shownUs[i - 1]!, shownUs[i]!]);
    stretch = [];
  };
  for (const vsync of rows) {
    const last = stretch.at(-1);
    if (vsync.verdict === 'idle' || (last && vsync.startUs - last.startUs > 1.5 * periodUs)) close();
    if (vsync.verdict !== 'idle') stretch.push(vsync);
  }
  close();
  return gaps;
}

/** The vsyncs at which something was to change. */
export const wantedIn = ({ onTime, partial, missed }: FramesIn): number => onTime + partial + missed;
