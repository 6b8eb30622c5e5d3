import { formatMs, formatName, formatPlace, formatPlural, formatShare } from '../../../src/view/format.js';
import { page as pageCauses, runtime } from '../../partition/causes/index.js';
import { frameworkOf } from '../framework.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate, place } from '../step.js';

/** A function of the page with less than this share of what its user waits for is not worth a step. */
const MIN_SHARE = 0.05;
const MOST = 3;
/** Samples fall where they fall: their number varies by its root (Poisson), of which this many hold 95 %. */
const NORMAL_95 = 1.96;

/** A function of the page's own scripts in, before or after the inference. Names and the URL are untrusted text. */
export interface OwnCode {
  readonly function: string;
  readonly script: string;
  readonly line: number | null;
  readonly isWasm: boolean;
  /** Where it stands: "before the model", … */
  readonly where: ReadonlySet<string>;
  /** Mean per use, or per prediction, and the CPU samples that it rests on. */
  readonly ms: number;
  readonly samples: number;
  /** Collecting the garbage that it makes, mean per inference. */
  readonly garbageMs: number;
}

type SeenOfCode = Pick<Seen, 'run' | 'use' | 'glue' | 'gc' | 'partition' | 'wasm' | 'gpu'>;

/** The page's own functions that its user waits for, the longest first with the garbage that they make. */
export function ownCode(seen: SeenOfCode): {
  readonly of: 'use' | 'prediction';
  readonly wholeMs: number;
  readonly functions: readonly OwnCode[];
} {
  const { run, use, partition } = seen;
  return {
    of: use ? 'use' : 'prediction',
    wholeMs: use?.useMs ?? partition?.typical.ms ?? 0,
    // The scripts of a run are ours.
    functions: run ? [] : ownFunctions(seen).sort((a, b) => b.ms + b.garbageMs - (a.ms + a.garbageMs)),
  };
}

/** A step for each of the page's own functions that takes a large part. */
export function ownCodeSteps(seen: Seen): Candidate[] {
  const { of, wholeMs, functions } = ownCode(seen);
  return functions
    .filter((own) => own.ms + own.garbageMs >= MIN_SHARE * wholeMs)
    .slice(0, MOST)
    .map((own, i) => {
      const { garbageMs } = own;
      const totalMs = Math.min(own.ms + garbageMs, wholeMs);
      const unsure = NORMAL_95 / Math.sqrt(own.samples);
      return candidate({
        id: i === 0 ? 'page.script' : `page.script.${i + 1}`,
        title: `${titleOf(own)}: your code, ${formatShare(totalMs / wholeMs)} of ${of === 'use' ? 'a use' : 'the time'}`,
        saves: atMost(of, Math.min(own.ms * (1 + unsure) + garbageMs, wholeMs)),
        basis: `Its time by ${formatPlural(own.samples, 'CPU sample')}, with the ${formatShare(unsure)} that so many may miss${garbageMs > 0 ? ', and that of collecting the garbage it makes' : ''}: without it nothing more is saved.`,
        who: 'you',
        where: [place({ function: own.function, script: own.script, line: own.line })],
        evidence: [
          `${formatMs(own.ms)} ${[...own.where].join(' and ')}${own.isWasm ? ', other Wasm that it calls included' : ''}.`,
          ...(garbageMs > 0 ? [`${formatMs(garbageMs)} of garbage collection for what it allocates.`] : []),
        ],
      });
    });
}

/** "Make rank faster, rank.js:12"; a function without a name is called by its place. */
const titleOf = (own: OwnCode): string =>
  own.function === '' || own.function === '(anonymous)'
    ? `Make the function at ${formatPlace(own.script, own.line)} faster`
    : `Make ${formatName(own.function)} faster, ${formatPlace(own.script, own.line)}`;

const WHERE = { before: 'before the model', in: 'in the middle of the model', after: 'after the model' } as const;

/** Around the model as `use` tells; without it those in the inference. */
function ownFunctions(seen: SeenOfCode): OwnCode[] {
  const { use, glue } = seen;
  // Where no framework shows, nothing tells its scripts from the page's: what computes is the page's.
  const causes: readonly string[] = isScriptsAlone(seen) ? [pageCauses.script.id, runtime.glue.id] : [pageCauses.script.id];
  const rows = use
    ? use.scripts.map(({ where, ...row }) => ({ ...row, where: WHERE[where] }))
    : (glue?.functions ?? []).flatMap(({ cause, function: name, script, line, ms, samples }) =>
        causes.includes(cause) && name !== null && script !== null
          ? [{ function: name, script, line, ms, samples, isWasm: false, where: 'in an inference' }]
          : [],
      );
  const found = new Map<string, Omit<OwnCode, 'garbageMs'>>();
  for (const { where, ms, samples, ...row } of rows) {
    const key = JSON.stringify([row.function, row.script, row.line]);
    const known = found.get(key) ?? { ...row, where: new Set<string>(), ms: 0, samples: 0 };
    found.set(key, {
      ...known,
      isWasm: known.isWasm || row.isWasm,
      where: new Set([...known.where, where]),
      ms: known.ms + ms,
      samples: known.samples + samples,
    });
  }
  return [...found.values()].map((own) => ({ ...own, garbageMs: garbageMs(seen, own) }));
}

/** Whether inferences show neither Wasm, nor a GPU, nor a framework that is known by name. */
function isScriptsAlone(seen: SeenOfCode): boolean {
  return frameworkOf(seen) === null && (seen.wasm?.functions ?? []).length === 0 && seen.gpu === null;
}

/** Collecting what it allocated, mean per inference. */
function garbageMs(
  { gc, partition }: SeenOfCode,
  { function: name, script, line }: Pick<OwnCode, 'function' | 'script' | 'line'>,
): number {
  const made = gc?.by?.find((one) => one.function === name && one.script === script && one.line === line);
  return made && partition ? made.ms / partition.windows : 0;
}
