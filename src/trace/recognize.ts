import { browsersTrace, playwrightsTrace } from './relatives.js';

/** A file format that is no JSON trace: how it begins, and what to tell its owner. */
interface Format {
  readonly begins: readonly number[];
  readonly is: string;
  readonly advice: string;
}

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));

const saveAsJson =
  'Save the trace from DevTools (Performance, Save profile) or chrome://tracing, or record it with trace collect.';
const unzip = `Unpack it and give the trace inside (a packed run bundle would hold a run.json). If there is none, record one: ${browsersTrace}.`;

/** One line per format. Sources of the magic numbers: the formats' own specifications. */
const formats: readonly Format[] = [
  { begins: [0x1f, 0x8b], is: 'gzip data', advice: 'Decompress it first.' },
  { begins: [0x28, 0xb5, 0x2f, 0xfd], is: 'zstd data', advice: 'Decompress it first (zstd -d), or pack it with gzip.' },
  { begins: [0x50, 0x4b, 0x03, 0x04], is: 'a zip archive', advice: unzip },
  { begins: [0x50, 0x4b, 0x05, 0x06], is: 'a zip archive without files', advice: saveAsJson },
  { begins: [0x50, 0x4b, 0x07, 0x08], is: 'a part of a zip archive', advice: unzip },
  { begins: [0x42, 0x5a, 0x68], is: 'bzip2 data', advice: 'Decompress it first (bunzip2), or pack it with gzip.' },
  { begins: [0xfd, 0x37, 0x7a, 0x58, 0x5a], is: 'xz data', advice: 'Decompress it first (unxz), or pack it with gzip.' },
  { begins: [0x89, 0x50, 0x4e, 0x47], is: 'a PNG image', advice: saveAsJson },
  { begins: [0xff, 0xd8, 0xff], is: 'a JPEG image', advice: saveAsJson },
  { begins: ascii('%PDF'), is: 'a PDF document', advice: saveAsJson },
  { begins: [0x00, 0x61, 0x73, 0x6d], is: 'a WebAssembly module', advice: saveAsJson },
  { begins: [0xff, 0xfe], is: 'UTF-16 text', advice: 'Convert it to UTF-8.' },
  { begins: [0xfe, 0xff], is: 'UTF-16 text', advice: 'Convert it to UTF-8.' },
];

/** How many bytes of an input that has so many of them `recognize` needs to tell all formats. */
export function recognizableBytes(bytes: Uint8Array): number {
  return startsAnEntry(bytes, 0) ? entryNameAt + (bytes[26] ?? 0) + 256 * (bytes[27] ?? 0) : 8;
}

/** How many bytes say whether it is text. */
const textBytes = 64;

/** Says what the first bytes of an input are if they are no JSON: `is` completes "this is …". Null if they may be JSON. */
export function recognize(bytes: Uint8Array): { readonly is: string; readonly advice: string } | null {
  const text = new TextDecoder().decode(bytes.subarray(0, textBytes)).trimStart();
  if (text === '' || text.startsWith('{') || text.startsWith('[')) return null;
  const format = formats.find(({ begins }) => begins.every((value, i) => bytes[i] === value));
  if (format && zipEntries(bytes).some((name) => PLAYWRIGHTS.test(name))) return playwrightsTrace;
  if (format) return format;
  if (text.startsWith('<')) return { is: 'HTML or XML', advice: saveAsJson };
  if (!/[\0-\x08\x0e-\x1f\ufffd]/.test(text)) return { is: 'text that is not JSON', advice: saveAsJson };
  // A Perfetto trace begins with field 1, length-delimited: no magic number, so it comes after everything that has one.
  if (bytes[0] === 0x0a) {
    return {
      is: 'a Perfetto protobuf trace, by its first byte',
      advice: 'Convert it with Perfetto’s traceconv (traceconv json in.pftrace out.json).',
    };
  }
  return { is: 'binary data of an unknown format', advice: saveAsJson };
}

/** Files of Playwright’s trace.zip: trace.trace, 0-trace.network, test.trace, trace.stacks, resources/<SHA-1>. */
const PLAYWRIGHTS = /\.(trace|network|stacks)$|^resources\/[0-9a-f]{40}/;

/** Where the name stands in the header of a zip entry; its length is at 26. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7 */
const entryNameAt = 30;

const startsAnEntry = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 3 && bytes[at + 3] === 4;

/** Names of the files in a zip archive, of those whose headers are at hand. */
function zipEntries(bytes: Uint8Array): string[] {
  const names: string[] = [];
  if (!startsAnEntry(bytes, 0)) return names;
  for (let at = 0; at + entryNameAt < bytes.length; at++) {
    if (!startsAnEntry(bytes, at)) continue;
    const from = at + entryNameAt;
    names.push(new TextDecoder().decode(bytes.subarray(from, from + bytes[at + 26]! + 256 * bytes[at + 27]!)));
  }
  return names;
}
