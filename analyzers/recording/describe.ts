import type { Manifest } from '../../src/bundle/manifest.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import { unknown } from '../../src/fact.js';
export interface AnalysisSource {
  /** File or folder as the user named it. Untrusted text. */
  readonly name: string;
  readonly kind: 'bundle' | 'trace';
  /** False if the bundle says that collecting did not finish, or the trace is cut. */
  readonly complete: boolean;
}

export interface RunFacts {
  readonly id: string;
  readonly startedAt: string;
  readonly model: string;
  readonly modelTitle: string;
  readonly modelBytes: number;
  readonly inputs: readonly { readonly name: string; readonly type: string; readonly shape: readonly number[] }[];
  readonly framework: string;
  readonly frameworkVersion: string;
  readonly backend: string;
  /** Threads that the framework was given; `threadsAsked` what the user asked for. */
  readonly threads: number;
  readonly threadsAsked: number;
  /** False: the framework's modules without SIMD ran; null where it has no others. */
  readonly simd: boolean | null;
  readonly on: 'worker' | 'main';
  readonly crossOriginIsolated: boolean;
  readonly seed: number;
  readonly rounds: number;
  /** Fresh processes over which the timing pass was repeated. */
  readonly replicates: number;
}

/** A page that somebody else wrote, and how it was watched. All texts are the page's or the user's: untrusted. */
export interface PageFacts {
  readonly id: string;
  readonly startedAt: string;
  readonly url: string;
  readonly title: string;
  /** In a browser of the tool's own, or found open in one that ran. */
  readonly opened: 'launched' | 'attached';
  /** Whether it was recorded from its first line on, with hooks. */
  readonly fromStart: boolean;
  /** What recording was to end with, and what ended it. */
  readonly until: string;
  readonly ended: string | null;
  /** What the user should know of the state that the page was in. */
  readonly notes: readonly string[];
}

export function describeRun({ id, startedAt, workload, framework, timingPass }: Manifest): RunFacts {
  return {
    id,
    startedAt,
    model: workload.model.name,
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
    seed: workload.seed,
    rounds: timingPass.rounds.length,
    replicates: new Set(timingPass.rounds.map(({ replicate }) => replicate)).size,
  };
}

export function describePage({ id, startedAt, page }: PageManifest): PageFacts {
  const { mark: _, ...facts } = page;
  return { id, startedAt, ...facts };
}

/** Ends the computing of a fact that takes passes of their own, which a page that was watched has not. */
export const onePass = (): never =>
  unknown(
    'page-one-pass',
    'The page was recorded once, as it ran: how it differs between processes, time per operator and memory need a run that the tool drives itself.',
  );
