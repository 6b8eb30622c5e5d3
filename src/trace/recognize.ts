/** A file format that is no JSON trace: how it begins, and what to tell its owner. */
interface Format {
  readonly begins: readonly number[];
  readonly is: string;
  readonly advice: string;
}

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));

const saveAsJson =
  'Save the trace from DevTools (Performance, Save profile) or chrome://tracing, or record it with trace collect.';

/** One line per format. Sources of the magic numbers: the formats' own specifications. */
const formats: readonly Format[] = [
  { begins: [0x1f, 0x8b], is: 'gzip data', advice: 'Decompress it first.' },
  { begins: [0x28, 0xb5, 0x2f, 0xfd], is: 'zstd data', advice: 'Decompress it first (zstd -d), or pack it with gzip.' },
  { begins: [0x50, 0x4b, 0x03, 0x04], is: 'a zip archive', advice: 'Unpack it and give the trace inside.' },
  { begins: [0x42, 0x5a, 0x68], is: 'bzip2 data', advice: 'Decompress it first (bunzip2), or pack it with gzip.' },
  { begins: [0xfd, 0x37, 0x7a, 0x58, 0x5a], is: 'xz data', advice: 'Decompress it first (unxz), or pack it with gzip.' },
  { begins: [0x89, 0x50, 0x4e, 0x47], is: 'a PNG image', advice: saveAsJson },
  { begins: [0xff, 0xd8, 0xff], is: 'a JPEG image', advice: saveAsJson },
  { begins: ascii('%PDF'), is: 'a PDF document', advice: saveAsJson },
  { begins: [0x00, 0x61, 0x73, 0x6d], is: 'a WebAssembly module', advice: saveAsJson },
  { begins: [0xff, 0xfe], is: 'UTF-16 text', advice: 'Convert it to UTF-8.' },
  { begins: [0xfe, 0xff], is: 'UTF-16 text', advice: 'Convert it to UTF-8.' },
];

/** How many bytes `recognize` needs to tell all formats. */
export const recognizableBytes = 8;

/** Says what the first bytes of an input are if they are no JSON: `is` completes "this is …". Null if they may be JSON. */
export function recognize(bytes: Uint8Array): { readonly is: string; readonly advice: string } | null {
  const text = new TextDecoder().decode(bytes).trimStart();
  if (text === '' || text.startsWith('{') || text.startsWith('[')) return null;
  const format = formats.find(({ begins }) => begins.every((value, i) => bytes[i] === value));
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
