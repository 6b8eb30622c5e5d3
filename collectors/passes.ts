import type { Manifest } from '../src/bundle/manifest.js';
import { isGpuBackend } from './frameworks.js';

interface Pass {
  /** What it records. After "No " it says that this is missing. */
  readonly records: string;
  /** Its entry among the manifest's collectors. */
  readonly collector: string;
  /** The pass does not exist on other backends, so it is not missing there. */
  readonly only?: 'gpu' | 'cpu';
}

/** The passes of a run, in order. */
const passes = {
  timing: { records: 'timed predictions', collector: 'timing' },
  trace: { records: 'trace', collector: 'trace' },
  placement: { records: 'place where each operator ran', collector: 'placement', only: 'gpu' },
  operators: { records: 'time per operator', collector: 'kernels' },
  counts: { records: 'count of what is executed', collector: 'counts', only: 'cpu' },
  memory: { records: 'memory over the run', collector: 'memory' },
} as const satisfies Readonly<Record<string, Pass>>;

export type PassName = keyof typeof passes;

export const PASS_NAMES = Object.keys(passes) as readonly PassName[];

/** The passes of a run on this backend. */
export function passesOn(backend: string, asked: readonly PassName[]): readonly PassName[] {
  return PASS_NAMES.filter((name) => asked.includes(name) && hasPass(name, backend));
}

/** The manifest's entries for possible passes that were not requested. */
export function notAsked(backend: string, asked: readonly PassName[]) {
  const left = PASS_NAMES.filter((name) => !asked.includes(name) && hasPass(name, backend));
  return Object.fromEntries(
    left.map((name) => {
      const { collector, records } = passes[name];
      return [collector, { outcome: 'not-asked' as const, detail: `No ${records}: the ${name} pass was not asked for.` }];
    }),
  );
}

/** Why a run recorded nothing, in the words of the sources that were asked. */
export function whyNothing(collectors: Manifest['collectors']): string {
  const missing = Object.values(collectors).filter(({ outcome }) => outcome === 'failed' || outcome === 'unavailable');
  return missing.map(({ detail }) => detail).join(' ');
}

/** Whether the pass exists on this backend. */
export function hasPass(name: PassName, backend: string): boolean {
  const { only }: Pass = passes[name];
  return only === undefined || (only === 'gpu') === isGpuBackend(backend);
}
