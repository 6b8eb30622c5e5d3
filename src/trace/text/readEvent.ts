import type { Identifiers } from './identifiers.js';
import type { Scanner } from './scanner.js';
import type { StringTable } from './stringTable.js';
import type { TraceEvent } from './traceEvent.js';

// Not imported: V8 reads an imported constant from memory each time, which made reading a fifth slower.
const quote = 0x22;
const backslash = 0x5c;

// Keys as little-endian numbers of their first bytes: an event has ten, and comparing them letter by letter is slow.
const ph = 0x6870;
const ts = 0x7374;
const id = 0x6469;
const pid = 0x646970;
const tid = 0x646974;
const dur = 0x727564;
const tts = 0x737474;
const cat = 0x746163;
const id2 = 0x326469;
const name = 0x656d616e;
const tdur = 0x72756474;
const args = 0x73677261;

/**
 * Reads the event object at `at` into `event`; returns where it ends. Keys may stand in any order; of the args only the place is
 * noted, for Chrome writes them before the name that tells whether they matter.
 */
export function readEvent(
  scanner: Scanner,
  strings: StringTable,
  identifiers: Identifiers,
  event: TraceEvent,
  at: number,
): number {
  event.clear();
  const { bytes, view } = scanner;
  for (let value = scanner.nextKey(at + 1); value >= 0; ) {
    const letters = view.getInt32(scanner.keyStart, true);
    let known = true;
    switch (scanner.keyEnd - scanner.keyStart) {
      case 2:
        if ((letters & 0xffff) === ts) event.ts = scanner.number(value);
        else if ((letters & 0xffff) === ph) event.phase = phaseAt(scanner, value);
        else {
          if ((letters & 0xffff) === id) event.id = value;
          known = false;
        }
        break;
      case 3:
        switch (letters & 0xffffff) {
          case pid:
            event.pid = identifiers.read(scanner, value);
            break;
          case tid:
            event.tid = identifiers.read(scanner, value);
            break;
          case dur:
            event.dur = scanner.number(value);
            break;
          case tts:
            event.tts = scanner.number(value);
            break;
          default:
            if ((letters & 0xffffff) === cat && bytes[value] === quote) event.category = strings.read(scanner, value);
            else {
              if ((letters & 0xffffff) === id2) event.id2 = value;
              known = false;
            }
        }
        break;
      case 4:
        if (letters === name && bytes[value] === quote) event.name = strings.read(scanner, value);
        else if (letters === tdur) event.tdur = scanner.number(value);
        else {
          if (letters === args) event.args = value;
          known = false;
        }
        break;
      case 5:
        if (scanner.keyIs('scope')) event.scope = value;
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
  const { bytes } = scanner;
  if (bytes[at] === quote && bytes[at + 1] !== backslash && bytes[at + 2] === quote) {
    scanner.at = at + 3;
    return bytes[at + 1]!;
  }
  scanner.at = scanner.skipValue(at);
  return 0;
}
