import { sortedOrder } from '../../table/sortedOrder.js';

/** Kinds of mark. */
export const begin = 0;
export const end = 1;
export const point = 2;

/** Begins, ends and points on lines (threads, or async ids), a row each, in the order of the trace. */
export interface Marks {
  /** Line of each mark, 0 … lines - 1. */
  readonly line: Int32Array;
  readonly lines: number;
  readonly atUs: Float64Array;
  /** Codes; 0 for none. */
  readonly name: Uint32Array;
  /** How many names there are. */
  readonly names: number;
  readonly kind: Uint8Array;
}

export interface Pairs {
  /** Of a begin its end, of an end its begin; -1 if it has none. */
  readonly partner: Int32Array;
  /** Of a begin or point: how many are open around it on its line. */
  readonly depth: Uint16Array;
}

/**
 * Pairs begins with ends, in order of time and, at the same time, of the trace. An end with a name closes the innermost open begin
 * of that name, also if others are open inside it (they stay open); an end without a name closes the innermost of all.
 *
 * Open begins are two linked lists, one of all and one per name, so that no input makes this more than one pass.
 */
export function pairMarks({ line, lines, atUs, name, names, kind }: Marks): Pairs {
  const partner = new Int32Array(line.length).fill(-1);
  const depth = new Uint16Array(line.length);
  const outer = new Int32Array(line.length);
  const outerOfName = new Int32Array(line.length);
  const innermostOfName = new Int32Array(names).fill(-1);
  const { order, offsets } = sortedOrder({ group: line, groups: lines, key: atUs });
  for (let l = 0; l < lines; l++) {
    const marks = order.subarray(offsets[l]!, offsets[l + 1]!);
    let innermost = -1;
    let open = 0;
    for (const mark of marks) {
      if (kind[mark] === end) {
        while (innermost >= 0 && partner[innermost]! >= 0) innermost = outer[innermost]!;
        const opener = name[mark] === 0 ? innermost : innermostOfName[name[mark]!]!;
        if (opener < 0) continue;
        innermostOfName[name[opener]!] = outerOfName[opener]!;
        partner[opener] = mark;
        partner[mark] = opener;
        open--;
        continue;
      }
      depth[mark] = Math.min(open, 0xffff);
      if (kind[mark] === point) continue;
      open++;
      outer[mark] = innermost;
      innermost = mark;
      outerOfName[mark] = innermostOfName[name[mark]!]!;
      innermostOfName[name[mark]!] = mark;
    }
    for (const mark of marks) innermostOfName[name[mark]!] = -1;
  }
  return { partner, depth };
}
