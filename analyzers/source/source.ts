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

export interface MachineFacts {
  readonly os: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly node: string;
  /** Widest vectors and fused multiply-add of the CPU, e.g. ["sse4.2","avx2","fma","avx512f"]; null where unknown. */
  readonly vectorFeatures: readonly string[] | null;
  /** Cores that were busy right before, with whatever; null where it was not measured. */
  readonly busyCores: number | null;
}

export interface BrowserFacts {
  readonly product: string;
  /** Null of a browser that was found open: it is not known how it was started. */
  readonly headless: boolean | null;
  readonly commandLine: string | null;
  readonly gpu: string | null;
  readonly softwareRendering: boolean | null;
  /** Of the graphics card: who made it, and its version. */
  readonly driver: string | null;
  /** How the GPU process says that it serves them; null where it does not say. */
  readonly webgl: 'hardware' | 'software' | 'off' | null;
  readonly webgpu: 'hardware' | 'software' | 'off' | null;
  readonly sandboxed: boolean | null;
}

/** Of all cores; below lies what a system does for itself. */
export const BUSY_SHARE = 0.2;

/** Whether other programs had a part of the machine that times may show, right before a run began; not where it was not measured. */
export function isBusy({ busyCores, cores }: Pick<MachineFacts, 'busyCores' | 'cores'>): boolean {
  return busyCores !== null && busyCores > BUSY_SHARE * cores;
}
