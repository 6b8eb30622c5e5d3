import { MISSING } from '../../src/view/format.js';
import { instructionTitles } from '../../src/wasm/mix.js';

/** A smaller part of a mix is not mentioned. */
const MIN_PART = 0.01;

/** "vector float 41 %, v128 load 30 %": the largest parts of an instruction mix. */
export function mixText(mix: Readonly<Record<string, number>>, most: number): string {
  const parts = instructionKinds(mix).filter(({ part }) => part >= MIN_PART);
  const words = parts.slice(0, most).map(({ name, part }) => `${name} ${Math.round(part * 100)} %`);
  return words.join(', ') || MISSING;
}

/** An instruction mix by kind, largest first, as fractions of the kinds that are shown. Finer than the groups of charts. */
export function instructionKinds(
  mix: Readonly<Record<string, number>>,
): readonly { readonly name: string; readonly part: number }[] {
  const kinds = Object.entries(instructionTitles).map(([id, name]) => ({ name, part: Object.hasOwn(mix, id) ? mix[id]! : 0 }));
  const total = kinds.reduce((sum, { part }) => sum + part, 0);
  return kinds
    .filter(({ part }) => part > 0)
    .map(({ name, part }) => ({ name, part: part / total }))
    .sort((a, b) => b.part - a.part);
}
