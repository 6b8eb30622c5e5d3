import type { Manifest } from '../../src/bundle/manifest.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import { unknown } from '../../src/fact.js';
import type { AnalyzerInput } from '../input.js';

export interface AnalysisSource {
  /** File or folder, as the user named it. Untrusted text. */
  readonly name: string;
  readonly kind: 'bundle' | 'trace';
  /** False if the bundle says that collecting did not finish, or if the trace is truncated. */
  readonly complete: boolean;
}

/** Where an input came from, and whether all of it is there. */
export function describeSource({ name, manifest, page, trace }: AnalyzerInput): AnalysisSource {
  const bundle = manifest ?? page;
  return {
    name,
    kind: bundle ? 'bundle' : 'trace',
    complete: (bundle === null || bundle.status === 'complete') && !trace?.reading.cut,
  };
}

export interface RunFacts {
  readonly id: string;
  readonly startedAt: string;
  readonly model: string;
  /** What was given for it on the command line: a name or a path. Null in older bundles. */
  readonly modelArgument: string | null;
  readonly modelTitle: string;
  readonly modelBytes: number;
  readonly inputs: readonly { readonly name: string; readonly type: string; readonly shape: readonly number[] }[];
  readonly framework: string;
  readonly frameworkVersion: string;
  readonly backend: string;
  /** Threads that the framework was given; `threadsAsked` is what the user asked for. */
  readonly threads: number;
  readonly threadsAsked: number;
  /** False if the framework's modules without SIMD ran; null where it has no such modules. */
  readonly simd: boolean | null;
  readonly on: 'worker' | 'main';
  readonly crossOriginIsolated: boolean;
  /** False if the page was to be served without the headers of cross-origin isolation. */
  readonly isolated: boolean;
  readonly seed: number;
  readonly rounds: number;
  /** Number of fresh processes in which the timing pass was repeated. */
  readonly replicates: number;
}

/**
 * A watched page (one that is not part of this tool), and how it was watched. All texts come from the page or the user:
 * untrusted.
 */
export interface PageFacts {
  readonly id: string;
  readonly startedAt: string;
  readonly url: string;
  readonly title: string;
  /** In a browser that the tool started, or in one that was already running. */
  readonly opened: 'launched' | 'attached';
  /** Whether it was recorded from its first line on, with hooks. */
  readonly fromStart: boolean;
  /** What should end the recording, and what ended it. */
  readonly until: string;
  readonly ended: string | null;
  /** What the user should know about the page's state. */
  readonly notes: readonly string[];
}

export function describeRun({ id, startedAt, workload, framework, timingPass }: Manifest): RunFacts {
  return {
    id,
    startedAt,
    model: workload.model.name,
    modelArgument: workload.model.argument,
    modelTitle: workload.model.title,
    modelBytes: workload.model.bytes,
    inputs: workload.inputs,
    framework: workload.framework,
    frameworkVersion: framework?.version ?? 'unknown',
    backend: workload.backend,
    threads: framework?.threads ?? workload.threadsAsked,
    threadsAsked: workload.threadsAsked,
    simd: workload.simd,
    on: workload.on,
    crossOriginIsolated: framework?.crossOriginIsolated ?? false,
    isolated: workload.isolated,
    seed: workload.seed,
    rounds: timingPass.rounds.length,
    replicates: new Set(timingPass.rounds.map(({ replicate }) => replicate)).size,
  };
}

export function describePage({ id, startedAt, page }: PageManifest): PageFacts {
  const { mark: _, unrecordedMs: __, ...facts } = page;
  return { id, startedAt, ...facts };
}

/** Stops computing a fact that needs separate passes, which a watched page does not have. */
export const onePass = (): never =>
  unknown(
    'page-one-pass',
    'The page was recorded once, as it ran: how it differs between processes, time per operator and memory need a run that the tool drives itself.',
  );
