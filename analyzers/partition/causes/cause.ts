import type { FunctionClassName } from '../../../src/wasm/classify.js';

/**
 * A leaf of the partition, with all that is known about it: what a reader is told, how its time is recognized, what proves it,
 * and what to do about it. It is defined in the file of its family and nowhere else.
 */
export interface Cause {
  readonly title: string;
  /** What its time means, in one sentence. */
  readonly meaning: string;
  /** Colour in charts: the hue of its family, with its own lightness. */
  readonly fill: `#${string}`;
  /** Slices of a page's thread that are this cause by themselves, whatever was sampled in them. All are Chrome's own. */
  readonly slices?: NameRules;
  /** Slices in which a page's thread waits for the GPU process. The wait is of this cause if nothing better is known. */
  readonly waits?: NameRules;
  /** Slices of the task with which a wait of this cause ends. */
  readonly endsWait?: NameRules;
  /** The same, if no other slice of the task tells. */
  readonly elseEndsWait?: NameRules;
  /** Slices of the GPU process that are this cause while it works on commands of the page. */
  readonly gpuProcess?: NameRules;
  /** Call frames that mean this cause if they are the innermost ones of a sample. */
  readonly frames?: FrameRules;
  /** Its code does not call what may block: a thread that is sampled in it executes, or would if it had a core. */
  readonly cannotBlock?: true;
  /** Its code is JavaScript and what it calls, which may block: a thread that is sampled in it may sleep. */
  readonly mayBlock?: true;
  /** One line on what the trace shows for it; null if nothing. */
  readonly evidence: (seen: Seen) => string | null;
  /** What to do about it if predictions spend much time on it. What needs more than its time is in analyzers/steps/. */
  readonly advice?: Advice;
}

/** Names of slices. A text is a whole name and beats all patterns. Of patterns, the first in the order of the causes counts. */
export type NameRules = readonly (string | RegExp)[];

export interface FrameRules {
  /** Wasm functions, by the class of their hot loops. */
  readonly wasm?: readonly FunctionClassName[];
  /** Pseudo frames that V8 puts in place of a function. */
  readonly engine?: readonly string[];
  /** Builtins, which have no script. */
  readonly builtins?: readonly string[];
  /** Functions that our hook puts in place of GPU APIs. */
  readonly gpuCalls?: readonly string[];
}

/** What was found for one cause in some windows. Names in it are untrusted text. */
export interface Seen {
  /** The owner's samples and slices of this cause, ready to print; null if there are none. */
  readonly own: string | null;
  /** Number of spans of this cause on the windows' critical paths. */
  readonly stretches: number;
  /** Number of windows that have time of this cause. */
  readonly windows: number;
  /** The largest time of this cause in one window. */
  readonly longestMs: number;
  /** Wall time of slices in which V8 reports new code to the profiler, in all windows, for all causes. */
  readonly logCodeMs: number;
  /** CPU time of other threads in the windows that have this cause, largest first. */
  readonly otherThreads: () => readonly { readonly thread: string; readonly cpuMs: number }[];
  /** Kinds of times that the device gave, in the whole trace. */
  readonly device: DeviceTimes;
}

export interface DeviceTimes {
  /** Number of passes with timestamps of the device. */
  readonly stamped: number;
  /** Number of stretches of draws of which only the length is known. */
  readonly elapsed: number;
  /** Largest possible error of the device's times on the trace clock; null if not known. */
  readonly clockErrorMs: number | null;
}

/** Evidence of most causes: samples and slices of the owner, or of the thread that it waited for. */
export function sampled({ own, stretches }: Seen): string | null {
  return (
    own ??
    (stretches > 0 ? 'samples and slices of other threads while the owner had no task, or at the edges of the windows' : null)
  );
}

/** A step that would save at most the time of one cause. */
export interface Advice {
  /** It is given if the cause has at least this share of the time. */
  readonly fromShare: number;
  /** What to do, as a title without its final period. */
  readonly title: string;
  readonly who: Doer;
}

/** Who can do something: the author of the page, of the framework, of the browser, or who runs the machine. */
export type Doer = 'you' | 'framework' | 'browser' | 'machine';

/** Adds ids to the causes of a family: `family('isa', { scalar: … }).scalar.id` is `isa.scalar`. */
export function family<const Name extends string, const Causes extends Readonly<Record<string, Cause>>>(
  name: Name,
  causes: Causes,
): Family<Name, Causes> {
  const withIds = Object.entries(causes).map(([key, cause]) => [key, { ...cause, id: `${name}.${key}` }]);
  return Object.fromEntries(withIds) as Family<Name, Causes>;
}

export type Family<Name extends string, Causes> = {
  readonly [Key in keyof Causes & string]: Causes[Key] & { readonly id: `${Name}.${Key}` };
};
