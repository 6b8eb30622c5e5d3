import type { FunctionClassName } from '../../../src/wasm/classify.js';

/**
 * A leaf of the partition with all that is known about it. Each stands in the file of its family and nowhere else: what a reader is
 * told, how time is recognized as this cause, what proves it, and what to do about it.
 */
export interface Cause {
  readonly title: string;
  /** What time in it means, one sentence. */
  readonly meaning: string;
  /** In charts: the hue of its family, a lightness of its own. */
  readonly fill: `#${string}`;
  /** Slices of a page's thread that are this cause by themselves, whatever was sampled during them. All are Chrome's own. */
  readonly slices?: NameRules;
  /** Slices of a page's thread in which it is blocked until the GPU process answers: this is the wait if nothing better is known. */
  readonly waits?: NameRules;
  /** Slices of the GPU process that are this cause while it works on commands of the page. */
  readonly gpuProcess?: NameRules;
  /** Sampled call stacks whose innermost frame means this cause. */
  readonly frames?: FrameRules;
  /** One line on what the trace shows for it; null if nothing. */
  readonly evidence: (seen: Seen) => string | null;
  /** What to do about it, where predictions spend much on it. */
  readonly advice?: RankedAdvice;
  /** The same for its time in the warm-up. */
  readonly warmupAdvice?: Advice;
}

/** Names of slices: a text is the whole name, and beats any pattern; of patterns the first in the order of the causes counts. */
export type NameRules = readonly (string | RegExp)[];

export interface FrameRules {
  /** Wasm functions, by what their hot loops do. */
  readonly wasm?: readonly FunctionClassName[];
  /** Pseudo frames that V8 puts in place of a function. */
  readonly engine?: readonly string[];
  /** Builtins, which have no script. */
  readonly builtins?: readonly string[];
  /** Functions that our hook puts in place of the GPU's API. */
  readonly gpuCalls?: readonly string[];
}

/** What was found for one cause in some windows. Names in it are untrusted text. */
export interface Seen {
  /** The owner's samples and slices of this cause, ready to print; null where it has none. */
  readonly own: string | null;
  /** Stretches of the windows' critical paths that are this cause. */
  readonly stretches: number;
  /** Windows that hold time of it. */
  readonly windows: number;
  /** The most time of it in one window. */
  readonly longestMs: number;
  /** In all windows, whatever the cause: slices in which V8 reports new code to the profiler. */
  readonly logCodeMs: number;
  /** CPU time of other threads in the windows that hold this cause, largest first. */
  readonly otherThreads: () => readonly { readonly thread: string; readonly cpuMs: number }[];
  /** How the device told when it computed, in the whole trace. */
  readonly device: DeviceTimes;
}

export interface DeviceTimes {
  /** Passes with timestamps of the device. */
  readonly stamped: number;
  /** Stretches of draws of which only the length is known. */
  readonly elapsed: number;
  /** How well the device's clock is known on the trace's; null if it is not known. */
  readonly clockErrorMs: number | null;
}

/** Evidence of most causes: samples and slices of the owner, or those of the thread that it waited for. */
export function sampled({ own, stretches }: Seen): string | null {
  return (
    own ??
    (stretches > 0 ? 'samples and slices of other threads while the owner had no task, or at the edges of the windows' : null)
  );
}

/** Advice about one cause. */
export interface Advice {
  /** It is worth saying from this share of the time on. */
  readonly fromShare: number;
  /** @returns null where it does not apply */
  text(time: TimeOf, run: AdvisedRun): string | null;
}

export interface RankedAdvice extends Advice {
  /** Its place among the advice of all causes: 1 is said first. */
  readonly rank: number;
}

export interface TimeOf {
  readonly id: string;
  readonly share: number;
  readonly medianMs: number;
}

/** The part of an analysis that advice depends on; null: not known. */
export interface AdvisedRun {
  readonly run: { readonly framework: string; readonly threads: number } | null;
  readonly page: object | null;
  readonly machine: { readonly cores: number; readonly vectorFeatures: readonly string[] | null } | null;
  readonly latency: { readonly warmupMs: number | null } | null;
  readonly wasm: {
    readonly functions: readonly { readonly name: string; readonly cause: string | null }[];
    readonly modules: readonly { readonly features: readonly string[] | null }[];
  } | null;
  readonly gpu: { readonly programs: { readonly rows: readonly { readonly call: string }[] } } | null;
  /** Name of the renderer that computes GPU work on the CPU; null where there is none. */
  readonly softwareRenderer: string | null;
}

/** The causes of a family, each with its id: that of `family('isa', { scalar: … }).scalar` is the name of the family, a dot, and `scalar`. */
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
