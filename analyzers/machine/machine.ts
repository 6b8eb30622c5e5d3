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
  /** Cores that were busy right before the run; null where not measured. */
  readonly busyCores: number | null;
}

export interface BrowserFacts {
  readonly product: string;
  /** Null for a browser that was already open: how it was started is unknown. */
  readonly headless: boolean | null;
  readonly commandLine: string | null;
  readonly gpu: string | null;
  readonly softwareRendering: boolean | null;
  /** Vendor and version of the graphics driver. */
  readonly driver: string | null;
  /** What the GPU process reports for each API; null where it does not report it. */
  readonly webgl: 'hardware' | 'software' | 'off' | null;
  readonly webgpu: 'hardware' | 'software' | 'off' | null;
  readonly sandboxed: boolean | null;
}

/** Share of all cores. Less than this is normal activity of an operating system. */
export const BUSY_SHARE = 0.2;

/** Whether other programs used enough of the machine right before a run to affect times; false where it was not measured. */
export function isBusy({ busyCores, cores }: Pick<MachineFacts, 'busyCores' | 'cores'>): boolean {
  return busyCores !== null && busyCores > BUSY_SHARE * cores;
}

/** Null where no browser was reached. */
export function describeBrowser(browser: Manifest['browser'] | PageManifest['browser']): BrowserFacts | null {
  if (!browser) return null;
  const { executable: _, ...facts } = browser;
  return facts;
}
