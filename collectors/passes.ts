import { isGpuBackend } from './frameworks.js';

interface Pass {
  /** What it records, in words: "No …" says that it is not there. */
  readonly records: string;
  /** Its entry among the manifest's collectors. */
  readonly collector: string;
  /** On other backends there is no such pass, and so nothing that lacks. */
  readonly onGpuOnly?: boolean;
}

/** The passes of a run, in the order in which they are made; each is made unless others are asked for by name. */
const passes = {
  timing: { records: 'timed predictions', collector: 'timing' },
  trace: { records: 'trace', collector: 'trace' },
  placement: { records: 'place where each operator ran', collector: 'placement', onGpuOnly: true },
  operators: { records: 'time per operator', collector: 'kernels' },
  memory: { records: 'memory over the run', collector: 'memory' },
} as const satisfies Readonly<Record<string, Pass>>;

export type PassName = keyof typeof passes;

export const PASS_NAMES = Object.keys(passes) as readonly PassName[];

/** Those of a run on a backend that it makes. */
export function passesOn(backend: string, asked: readonly PassName[]): readonly PassName[] {
  return PASS_NAMES.filter((name) => asked.includes(name) && hasPass(name, backend));
}

/** What a manifest says among its collectors of passes that could have been made and were not asked for. */
export function notAsked(backend: string, asked: readonly PassName[]) {
  const left = PASS_NAMES.filter((name) => !asked.includes(name) && hasPass(name, backend));
  return Object.fromEntries(
    left.map((name) => {
      const { collector, records } = passes[name];
      return [collector, { outcome: 'not-asked' as const, detail: `No ${records}: the ${name} pass was not asked for.` }];
    }),
  );
}

const hasPass = (name: PassName, backend: string): boolean => !(passes[name] as Pass).onGpuOnly || isGpuBackend(backend);
