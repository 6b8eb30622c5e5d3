import { lastPart } from '../../../src/text/lastPart.js';
import { formatMs, formatName, formatShare } from '../../../src/view/format.js';
import { page as pageCauses } from '../../partition/causes/index.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate, place } from '../step.js';

/** A function of the page with less than this share of what its user waits for is not worth a step. */
const MIN_SHARE = 0.05;
const MOST = 3;

/** A function of the page's own scripts in, before or after the inference. Names and the URL are untrusted text. */
interface OwnFunction {
  readonly function: string;
  readonly script: string;
  readonly line: number | null;
  readonly isWasm: boolean;
  /** Where it stands: "before the model", … */
  readonly where: ReadonlySet<string>;
  /** Mean per use, or per prediction. */
  readonly ms: number;
}

/** The page's own functions that its user waits for, and the garbage that they make. */
export function ownCodeSteps(seen: Seen): Candidate[] {
  const { run, use, partition } = seen;
  // The scripts of a run are ours.
  if (run) return [];
  const wholeMs = use?.useMs ?? partition?.windowMedianMs ?? 0;
  const of = use ? 'use' : 'prediction';
  return ownFunctions(seen)
    .map((own) => ({ own, garbageMs: garbageMs(seen, own) }))
    .filter(({ own, garbageMs }) => own.ms + garbageMs >= MIN_SHARE * wholeMs)
    .sort((a, b) => b.own.ms + b.garbageMs - (a.own.ms + a.garbageMs))
    .slice(0, MOST)
    .map(({ own, garbageMs }, i) => {
      const totalMs = Math.min(own.ms + garbageMs, wholeMs);
      return candidate({
        id: i === 0 ? 'page.script' : `page.script.${i + 1}`,
        title: `Make ${formatName(own.function)} faster, ${placeText(own)}: your code, ${formatShare(totalMs / wholeMs)} of ${use ? 'a use' : 'the time'}`,
        saves: atMost(of, totalMs),
        basis: `Its time by CPU samples${garbageMs > 0 ? ', and that of collecting the garbage it makes' : ''}: without it nothing more is saved.`,
        who: 'you',
        where: [place({ function: own.function, script: own.script, line: own.line })],
        evidence: [
          `${formatMs(own.ms)} ${[...own.where].join(' and ')}${own.isWasm ? ', other Wasm that it calls included' : ''}.`,
          ...(garbageMs > 0 ? [`${formatMs(garbageMs)} of garbage collection for what it allocates.`] : []),
        ],
      });
    });
}

const placeText = ({ script, line }: Pick<OwnFunction, 'script' | 'line'>): string =>
  formatName(`${lastPart(script)}${line === null ? '' : `:${line}`}`, 60);

const WHERE = { before: 'before the model', in: 'in the middle of the model', after: 'after the model' } as const;

/** Around the model as `use` tells; without it those in the inference. */
function ownFunctions({ use, glue }: Seen): OwnFunction[] {
  const rows = use
    ? use.scripts.map(({ where, ...row }) => ({ ...row, where: WHERE[where] }))
    : (glue?.functions ?? []).flatMap(({ cause, function: name, script, line, ms }) =>
        cause === pageCauses.script.id && name !== null && script !== null
          ? [{ function: name, script, line, ms, isWasm: false, where: 'in an inference' }]
          : [],
      );
  const found = new Map<string, OwnFunction>();
  for (const { where, ms, ...row } of rows) {
    const key = JSON.stringify([row.function, row.script, row.line]);
    const known = found.get(key) ?? { ...row, where: new Set<string>(), ms: 0 };
    found.set(key, {
      ...known,
      isWasm: known.isWasm || row.isWasm,
      where: new Set([...known.where, where]),
      ms: known.ms + ms,
    });
  }
  return [...found.values()];
}

/** Collecting what it allocated, mean per inference. */
function garbageMs({ gc, partition }: Seen, { function: name, script, line }: OwnFunction): number {
  const made = gc?.by?.find((one) => one.function === name && one.script === script && one.line === line);
  return made && partition ? made.ms / partition.windows : 0;
}
