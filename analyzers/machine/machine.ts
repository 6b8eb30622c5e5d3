import type { Manifest } from '../../src/bundle/manifest.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
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

/** Null where no browser was reached. */
export function describeBrowser(browser: Manifest['browser'] | PageManifest['browser']): BrowserFacts | null {
  if (!browser) return null;
  const { executable: _, ...facts } = browser;
  return facts;
}
