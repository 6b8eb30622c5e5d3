import * as byte from './bytes.js';
import type { Scanner } from './scanner.js';
import type { StringTable } from './stringTable.js';
import type { TraceEvent } from './traceEvent.js';

const letter = { a: 0x61, c: 0x63, d: 0x64, h: 0x68, i: 0x69, n: 0x6e, p: 0x70, s: 0x73, t: 0x74, two: 0x32 } as const;

/**
 * Reads the event object at `at` into `event`; returns where it ends. Keys may stand in any order; of the args only the place is
 * noted, for Chrome writes them before the name that tells whether they matter.
 *
 * Keys are told apart by their length and a letter or two, then checked in full: a chain of comparisons with each known key would
 * cost more than all else here.
 */
export function readEvent(scanner: Scanner, strings: StringTable, event: TraceEvent, at: number): number {
  event.clear();
  const bytes = scanner.bytes;
  for (let value = scanner.nextKey(at + 1); value >= 0; ) {
    const key = scanner.keyStart;
    const first = bytes[key]!;
    const second = bytes[key + 1]!;
    let known = true;
    switch (scanner.keyEnd - key) {
      case 2:
        if (first === letter.t && second === letter.s) event.ts = scanner.number(value);
        else if (first === letter.p && second === letter.h) event.phase = phaseAt(scanner, value);
        else {
          if (first === letter.i && second === letter.d) event.id = value;
          known = false;
        }
        break;
      case 3:
        if (first === letter.p && scanner.keyIs('pid')) event.pid = identifier(scanner, value);
        else if (first === letter.t && scanner.keyIs('tid')) event.tid = identifier(scanner, value);
        else if (first === letter.d && scanner.keyIs('dur')) event.dur = scanner.number(value);
        else if (first === letter.t && scanner.keyIs('tts')) event.tts = scanner.number(value);
        else if (first === letter.c && bytes[value] === byte.quote && scanner.keyIs('cat')) {
          event.category = strings.read(scanner, value);
        } else {
          if (first === letter.i && second === letter.d && bytes[key + 2] === letter.two) event.id2 = value;
          known = false;
        }
        break;
      case 4:
        if (first === letter.n && bytes[value] === byte.quote && scanner.keyIs('name')) event.name = strings.read(scanner, value);
        else if (first === letter.t && scanner.keyIs('tdur')) event.tdur = scanner.number(value);
        else {
          if (first === letter.a && scanner.keyIs('args')) event.args = value;
          known = false;
        }
        break;
      case 5:
        if (first === letter.s && scanner.keyIs('scope')) event.scope = value;
        known = false;
        break;
      default:
        known = false;
    }
    value = scanner.nextKey(known ? scanner.at : scanner.skipValue(value));
  }
  return scanner.at;
}

/** The letter of a `ph`; 0 if it is not one letter. */
function phaseAt(scanner: Scanner, at: number): number {
  const bytes = scanner.bytes;
  scanner.at = scanner.skipValue(at);
  return bytes[at] === byte.quote && scanner.at === at + 3 ? bytes[at + 1]! : 0;
}

/** A process or thread id as an unsigned 32-bit number, -1 becoming 4294967295; 0 if it is no number. */
function identifier(scanner: Scanner, at: number): number {
  return scanner.number(at) >>> 0;
}
