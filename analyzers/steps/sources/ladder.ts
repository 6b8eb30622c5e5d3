import type { BesideRun } from '../../gap/beside.js';
import type { Effect } from '../../gap/effects.js';
import { runCommand } from '../command.js';
import type { Seen } from '../seen.js';
import { type Candidate, candidate, type Found, type Knob, measured } from '../step.js';

/** Effects that the author of a page can take away, by the id of the rung that measures them. */
const EFFECTS: Readonly<Record<string, { readonly id: string; readonly title: string; readonly knob: Knob }>> = {
  'isa.simd': { id: 'build.simd', title: 'Use the framework’s modules with SIMD', knob: 'simd' },
  'threads.isolation': {
    id: 'threads.isolation',
    title: 'Serve the page with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp',
    knob: 'threads',
  },
  'gpu.webgl': { id: 'backend.webgpu', title: 'Use the WebGPU backend in place of WebGL', knob: 'backend' },
  'contention.page': { id: 'main-thread.worker', title: 'Move the inference to a worker', knob: 'thread' },
  'runtime.tier': { id: 'warm-up.longer', title: 'Warm up with more inferences, until all code is optimized', knob: 'tiers' },
};

/** What a ladder measured: taking a factor away, or changing one thing of the page as used. */
export function ladderSteps({ gap, run }: Seen): Found {
  if (!gap || !run) return { candidates: [], settled: [] };
  const effects = gap.effects.map((effect) => ({ effect, known: own(EFFECTS, effect.alias) }));
  const beside = gap.beside.map((one) => ({ one, known: changeOf(one.id) }));
  return {
    candidates: [
      ...effects.flatMap(({ effect, known }) =>
        known && effect.ci95Ms[0] > 0 ? [stepOf(known, effect, effect.ms, effect.ci95Ms, commandOf(effect.alias, run))] : [],
      ),
      ...beside.flatMap(({ one, known }) =>
        known && one.ci95Ms[1] < 0
          ? [stepOf(known, one, -one.ms, [-one.ci95Ms[1], -one.ci95Ms[0]], besideCommand(one.id, run))]
          : [],
      ),
    ],
    settled: [
      ...effects.flatMap(({ effect, known }) => (known && effect.ci95Ms[0] <= 0 ? [known.knob] : [])),
      ...beside.flatMap(({ one, known }) => (known && one.ci95Ms[1] >= 0 ? [known.knob] : [])),
    ],
  };
}

type Change = (typeof EFFECTS)[string];

/** What a side run changes; null of one that is no choice, such as the baseline tier alone. */
function changeOf(id: string): Change | null {
  const threads = /^threads\.(\d+)$/.exec(id)?.[1];
  if (threads !== undefined) return { id: `threads.${threads}`, title: `Use ${threads} threads`, knob: 'threads' };
  if (id === 'simd.off') return { id: 'build.no-simd', title: 'Use the framework’s modules without SIMD', knob: 'simd' };
  return id === 'wasm'
    ? { id: 'backend.wasm', title: 'Use the Wasm backend: on this device it is faster', knob: 'backend' }
    : null;
}

function stepOf(
  { id, title, knob }: Change,
  { evidence }: Effect | BesideRun,
  ms: number,
  ci95Ms: readonly [number, number],
  command: string | null,
): Candidate {
  return candidate({
    id,
    title,
    saves: measured('prediction', ms, ci95Ms),
    basis: `Measured in turn with the page as used: ${evidence}.`,
    who: 'you',
    command,
    knob,
  });
}

function commandOf(alias: string, run: NonNullable<Seen['run']>): string | null {
  if (alias === 'isa.simd') return runCommand(run, { simd: 'on' });
  if (alias === 'threads.isolation') return runCommand(run, { isolated: true });
  if (alias === 'gpu.webgl') return runCommand(run, { backend: 'webgpu' });
  return alias === 'contention.page' ? runCommand(run, { on: 'worker' }) : null;
}

function besideCommand(id: string, run: NonNullable<Seen['run']>): string | null {
  const threads = /^threads\.(\d+)$/.exec(id)?.[1];
  if (threads !== undefined) return runCommand(run, { threads: Number(threads) });
  return id === 'wasm' ? runCommand(run, { backend: 'wasm' }) : runCommand({ ...run, simd: false });
}

/** Names of rungs come from a bundle: `constructor` must not match. */
const own = (of: typeof EFFECTS, id: string): Change | null => (Object.hasOwn(of, id) ? of[id]! : null);
