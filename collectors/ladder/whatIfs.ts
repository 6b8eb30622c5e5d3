import type { RungPage } from '../../src/bundle/rungPage.js';
import { isGpuBackend } from '../frameworks.js';
import { asUsed, type LadderRun, type Rung } from './rungs.js';

/** A thing of the page as used that a side run changes, to see what it would gain or cost. */
interface WhatIf {
  /** One line for the command's help. */
  readonly what: string;
  /** Why it cannot be asked of this run; null if it can. */
  lack(run: LadderRun): string | null;
  change(rung: Rung): Rung;
}

const onWasm = ({ backend }: LadderRun): string | null =>
  isGpuBackend(backend) ? 'the model runs on the GPU, and this is about Wasm code' : null;
const withVectors = (run: LadderRun): string | null =>
  onWasm(run) ?? (run.simd === false ? 'the modules have no vector instructions' : null);

const inPage = (rung: Rung, page: Partial<RungPage>): Rung => ({ ...rung, page: { ...rung.page, ...page } });
const fused = (rung: Rung): Rung => inPage(rung, { modules: 'fused' });
const wide = (rung: Rung): Rung => ({ ...rung, v8Flags: [...rung.v8Flags, '--wasm-revectorize'] });

/** By the id of the side run. */
export const whatIfs = {
  /** What two runs of one thing differ by is what no other difference can be told from. */
  same: { what: 'the same again, which shows how far the others can be trusted', lack: () => null, change: (rung) => rung },
  fma: {
    what: 'multiply-adds of the very module fused (relaxed SIMD)',
    lack: withVectors,
    change: fused,
  },
  width: {
    what: 'vectors of 256 bits in place of 128, where V8 can pair them',
    lack: withVectors,
    change: wide,
  },
  'width.fma': {
    what: 'both: wider vectors, and fused multiply-adds',
    lack: withVectors,
    change: (rung) => fused(wide(rung)),
  },
  isolation: {
    what: 'without cross-origin isolation, and so with one thread',
    lack: ({ threadsIfIsolated }) =>
      threadsIfIsolated === undefined ? null : 'the page is not isolated, which the ladder measures',
    change: (rung) => inPage({ ...rung, threads: 1 }, { isolated: false }),
  },
} as const satisfies Record<string, WhatIf>;

export type WhatIfId = keyof typeof whatIfs;

export const WHAT_IFS = Object.keys(whatIfs) as WhatIfId[];

/** The side runs that were asked for and can be made; for the others, why not. */
export function whatIfRungs(
  run: LadderRun,
  asked: readonly WhatIfId[],
): { rungs: Rung[]; lacks: { id: WhatIfId; lack: string }[] } {
  const used: Rung = { ...asUsed(run), side: true };
  const rungs: Rung[] = [];
  const lacks: { id: WhatIfId; lack: string }[] = [];
  for (const id of asked) {
    const whatIf: WhatIf = whatIfs[id];
    const lack = whatIf.lack(run);
    if (lack === null) rungs.push({ ...whatIf.change(used), id });
    else lacks.push({ id, lack });
  }
  return { rungs, lacks };
}
