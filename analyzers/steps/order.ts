import type { Candidate, Found, Saving, Step } from './step.js';

/**
 * All steps in one order, without contradictions. Two steps that turn the same knob exclude each other: the one that is better
 * known stays, measured before bounded before not measured, and of equally known ones that with the larger saving. Where it was
 * measured that a knob gains nothing, no step that was not measured turns it.
 *
 * First is to record again what is no measurement, then what a user of the page feels, then what each inference saves, the most first, then what was not measured, then what is
 * saved once, and last what makes the answer better.
 */
export function inOrder(found: readonly Pick<Found, 'candidates' | 'settled'>[]): Step[] {
  const settled = new Set(found.flatMap((each) => each.settled));
  const kept: Candidate[] = [];
  for (const one of [...found.flatMap(({ candidates }) => candidates)].sort(byKnowledge)) {
    if (one.knob !== null) {
      if (kept.some(({ knob }) => knob === one.knob)) continue;
      if (settled.has(one.knob) && one.step.saves.kind !== 'measured' && one.rank === 'saving') continue;
    }
    if (kept.some(({ step }) => step.id === one.step.id)) continue;
    kept.push(one);
  }
  return kept.sort((a, b) => placeOf(a) - placeOf(b) || amount(b) - amount(a)).map(({ step }) => step);
}

const KNOWLEDGE: readonly Saving['kind'][] = ['measured', 'bound', 'not measured'];
const RANKS: readonly Candidate['rank'][] = ['again', 'symptom', 'saving', 'recording'];

/** What a page asked for and was refused is no guess, so symptoms come before all. */
function byKnowledge(a: Candidate, b: Candidate): number {
  const rank = RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank);
  const kind = KNOWLEDGE.indexOf(a.step.saves.kind) - KNOWLEDGE.indexOf(b.step.saves.kind);
  return rank || kind || amount(b) - amount(a);
}

const amount = ({ meanMs, step: { saves } }: Candidate): number =>
  meanMs ?? saves.ms ?? (saves.bytes === null ? 0 : Number.MIN_VALUE);

const ONCE: ReadonlySet<Saving['of']> = new Set<Saving['of']>(['warm-up', 'setup']);

function placeOf({ rank, step: { saves } }: Candidate): number {
  if (rank !== 'saving') return { again: -1, symptom: 0, recording: 4 }[rank];
  if (ONCE.has(saves.of)) return 3;
  return saves.kind === 'not measured' ? 2 : 1;
}
