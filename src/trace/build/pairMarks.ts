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
 * On a line whose marks are out of order, the order of the trace says nothing about marks at the same time. There ends come first,
 * and an end that closes nothing then is that of a begin at its time.
 *
 * Open begins are two linked lists, one of all and one per name, so that no input makes this more than one pass.
 */
export function pairMarks({ line, lines, atUs, name, names, kind }: Marks): Pairs {
  const partner = new Int32Array(line.length).fill(-1);
  const depth = new Uint16Array(line.length);
  const outer = new Int32Array(line.length);
  const outerOfName = new Int32Array(line.length);
  const innermostOfName = new Int32Array(names).fill(-1);
  /** Of a line out of order, the last end of that name that closed nothing; `outerOfName` of an end is the one before. */
  const earlyEndOfName = new Int32Array(names).fill(-1);
  const isOutOfOrder = outOfOrder(line, lines, atUs);
  const endsFirst = isOutOfOrder.includes(1)
    ? Float64Array.from(kind, (one, mark) => (one === end ? isOutOfOrder[line[mark]!]! : 0))
    : undefined;
  const { order, offsets } = sortedOrder({ group: line, groups: lines, key: atUs, longerFirst: endsFirst });
  for (let l = 0; l < lines; l++) {
    const marks = order.subarray(offsets[l]!, offsets[l + 1]!);
    let innermost = -1;
    let open = 0;
    for (const mark of marks) {
      const named = name[mark]!;
      if (kind[mark] === end) {
        while (innermost >= 0 && partner[innermost]! >= 0) innermost = outer[innermost]!;
        const opener = named === 0 ? innermost : innermostOfName[named]!;
        if (opener < 0) {
          if (isOutOfOrder[l]) {
            outerOfName[mark] = earlyEndOfName[named]!;
            earlyEndOfName[named] = mark;
          }
          continue;
        }
        innermostOfName[name[opener]!] = outerOfName[opener]!;
        partner[opener] = mark;
        partner[mark] = opener;
        open--;
        continue;
      }
      depth[mark] = Math.min(open, 0xffff);
      if (kind[mark] === point) continue;
      const early = earlyEnd(earlyEndOfName, named, atUs, atUs[mark]!);
      if (early >= 0) {
        partner[mark] = early;
        partner[early] = mark;
        earlyEndOfName[name[early]!] = outerOfName[early]!;
        continue;
      }
      open++;
      outer[mark] = innermost;
      innermost = mark;
      outerOfName[mark] = innermostOfName[named]!;
      innermostOfName[named] = mark;
    }
    for (const mark of marks) {
      innermostOfName[name[mark]!] = -1;
      earlyEndOfName[name[mark]!] = -1;
    }
  }
  return { partner, depth };
}

/** By line: 1 if a mark of it has an earlier time than one before it. */
function outOfOrder(line: Int32Array, lines: number, atUs: Float64Array): Uint8Array {
  const latestUs = new Float64Array(lines).fill(Number.NEGATIVE_INFINITY);
  const result = new Uint8Array(lines);
  for (let mark = 0; mark < line.length; mark++) {
    const l = line[mark]!;
    if (atUs[mark]! < latestUs[l]!) result[l] = 1;
    else latestUs[l] = atUs[mark]!;
  }
  return result;
}

/** An end of that name, or without one, at that time; -1 if there is none. */
function earlyEnd(earlyEndOfName: Int32Array, named: number, atUs: Float64Array, timeUs: number): number {
  const ofName = earlyEndOfName[named]!;
  if (ofName >= 0 && atUs[ofName] === timeUs) return ofName;
  const unnamed = earlyEndOfName[0]!;
  return unnamed >= 0 && atUs[unnamed] === timeUs ? unnamed : -1;
}
