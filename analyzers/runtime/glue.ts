import type { Trace } from '../../src/trace/trace.js';
import type { Activity } from '../activity/callStacks.js';
import { type ScriptPlace, scriptPlaces } from '../activity/scriptPlace.js';
import { samplesBetween } from '../activity/search.js';
import { page, runtime } from '../partition/causes/index.js';
import type { SplitWindow } from '../partition/splitWindows.js';

/** Means per window. */
export interface GlueUse {
  /** Mean time of the cause runtime.glue. */
  readonly ms: number;
  /** The part in windows without a sample that shows the script. */
  readonly leftOverMs: number;
  /** The same by script, longest first; 12 at most. */
  readonly scripts: readonly { readonly script: string | null; readonly ms: number; readonly share: number }[];
  /** By function and builtin, longest first; 24 at most. */
  readonly functions: readonly GlueFunction[];
  readonly functionsLeftOut: number;
}

export interface GlueFunction {
  readonly cause: GlueCause;
  /** Name of the builtin that took the time, called by the function below; null: the function itself took it. */
  readonly builtin: string | null;
  /** Null where no script is on the call stack. Untrusted text, as is the URL. */
  readonly function: string | null;
  readonly script: string | null;
  /** Where the function begins, 1-based as in DevTools. */
  readonly line: number | null;
  readonly column: number | null;
  readonly ms: number;
  /** CPU samples that it rests on. */
  readonly samples: number;
  /** Share of the windows' time. */
  readonly share: number;
}

const SHOWN_SCRIPTS = 12;
const SHOWN_FUNCTIONS = 24;
const CAUSES = [runtime.glue.id, runtime.memory.id, page.script.id] as const;
type GlueCause = (typeof CAUSES)[number];
const isGlue = (activity: Activity | undefined): activity is GlueCause => (CAUSES as readonly unknown[]).includes(activity);

/**
 * What is behind the causes runtime.glue and page.script and the copies in runtime.memory: the JavaScript functions that were sampled on the
 * owner's thread in the windows, and the builtins that they call, each under the script that calls it. A window's time of a cause
 * is divided among its samples, so that the sum equals the partition. The time of a window without such a sample is reported as
 * left over.
 * @returns null without a window, or where nothing of it was sampled
 */
export function glueUse(trace: Trace, windows: readonly SplitWindow[], activities: readonly Activity[]): GlueUse | null {
  const { columns } = trace.tables.samples;
  const byFrame = new Map<number, { us: number; samples: number }>();
  let isSampled = false;
  let leftUs = 0;
  let wallUs = 0;
  for (const { window, path, split } of windows) {
    wallUs += window.endUs - window.startUs;
    const [from, to] = samplesBetween(trace, window.thread, window.startUs, window.endUs);
    const sampled: Record<GlueCause, number[]> = { [runtime.glue.id]: [], [runtime.memory.id]: [], [page.script.id]: [] };
    let step = 0;
    for (let row = from; row < to; row++) {
      while (step < path.length - 1 && path[step]!.endUs <= columns.atUs[row]!) step++;
      const frame = columns.frame[row]!;
      const activity = activities[frame];
      // Where a slice or a page task determines the cause, the time is not glue.
      if (!isGlue(activity) || activity !== path[step]!.value) continue;
      sampled[activity].push(frame);
    }
    for (const cause of CAUSES) {
      const frames = sampled[cause];
      const each = split[cause] / frames.length;
      isSampled ||= frames.length > 0;
      for (const frame of each > 0 ? frames : []) {
        const { us, samples } = byFrame.get(frame) ?? { us: 0, samples: 0 };
        byFrame.set(frame, { us: us + each, samples: samples + 1 });
      }
      if (frames.length === 0 && cause === runtime.glue.id) leftUs += split[cause];
    }
  }
  if (!isSampled) return null;
  const perWindow = (us: number): number => us / 1000 / windows.length;
  const functions = new Map<string, { place: Place; us: number; samples: number }>();
  const scripts = new Map<string, number>();
  const callerOf = scriptPlaces(trace);
  let glueUs = leftUs;
  for (const [frame, { us, samples }] of byFrame) {
    const place = placeOf(trace, frame, callerOf(frame), activities);
    const key = JSON.stringify(place);
    const known = functions.get(key) ?? { place, us: 0, samples: 0 };
    known.us += us;
    known.samples += samples;
    functions.set(key, known);
    if (place.cause !== runtime.glue.id) continue;
    scripts.set(place.script ?? '', (scripts.get(place.script ?? '') ?? 0) + us);
    glueUs += us;
  }
  const ranked = [...functions.values()].sort((a, b) => b.us - a.us);
  const byTime = [...scripts].sort(([, a], [, b]) => b - a);
  return {
    ms: perWindow(glueUs),
    leftOverMs: perWindow(leftUs),
    scripts: byTime.slice(0, SHOWN_SCRIPTS).map(([script, us]) => ({
      script: script === '' ? null : script,
      ms: perWindow(us),
      share: us / wallUs,
    })),
    functions: ranked
      .slice(0, SHOWN_FUNCTIONS)
      .map(({ place, us, samples }) => ({ ...place, ms: perWindow(us), samples, share: us / wallUs })),
    functionsLeftOut: Math.max(0, ranked.length - SHOWN_FUNCTIONS),
  };
}

type Place = Omit<GlueFunction, 'ms' | 'samples' | 'share'>;

/** Where the time was spent: a function of a script, or a builtin under the nearest caller with a position in a script. */
function placeOf(trace: Trace, frame: number, caller: ScriptPlace | null, activities: readonly Activity[]): Place {
  const { columns } = trace.tables.callFrames;
  const builtin = columns.url.at(frame) === '' ? columns.function.at(frame) || '(anonymous)' : null;
  const nowhere = { function: null, script: null, line: null, column: null };
  return { cause: activities[frame] as GlueCause, builtin, ...(caller ?? nowhere) };
}
