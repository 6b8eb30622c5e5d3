import { type Reader, unzipRaw, type ZipEntry } from 'unzipit';
import { inertText } from '../text/inertText.js';
import { BundleError } from './bundleFiles.js';
import { bundleRoots, filesBelow } from './bundleRoots.js';
import type { SeekableFile, Source, SourceFile } from './sourceFile.js';

/** The list of a zip's files, or a piece of one: no more is read at once. */
const MOST_BYTES_AT_ONCE = 64 << 20;

/** Far more than any log or module of a bundle has. A zip of a few kB may say that a file is much longer. */
const MOST_WHOLE_BYTES = 5e8;

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7 and 4.3.16 */
const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

/**
 * What a file is to be read as: a packed bundle if it is a zip with a `run.json` in it, at its top or in a folder. Anything else
 * should be a trace, and who reads it says what it is instead.
 * @throws BundleError if it is a zip that cannot be read, or holds several bundles
 */
export async function sourceOf(file: SeekableFile): Promise<Source> {
  if (!isZip(await file.at(0, 4))) return { kind: 'trace', file };
  const { entries } = await unzipRaw(readerOf(file)).catch((error: Error) => {
    throw new BundleError(
      `${file.name}: is a zip archive that is damaged or not whole (${error.message}). Copy it again, or pack the bundle anew.`,
    );
  });
  const files = new Map<string, SourceFile>();
  for (const entry of entries) {
    if (entry.isDirectory) continue;
    // Which one is meant would depend on who reads it.
    if (files.has(entry.name)) throw new BundleError(`${file.name}: holds ${inertText(entry.name)} twice. Pack the bundle anew.`);
    files.set(entry.name, packedFile(entry, file.name));
  }
  const roots = bundleRoots([...files.keys()]);
  if (roots.length === 0) return { kind: 'trace', file };
  if (roots.length > 1)
    throw new BundleError(`${file.name}: holds ${roots.length} bundles. Unpack it, and give those that you mean.`);
  return { kind: 'bundle', files: filesBelow(roots[0]!, file.name, files) };
}

function readerOf(file: SeekableFile): Reader {
  return {
    getLength: async () => file.sizeBytes,
    async read(offset, length) {
      if (offset < 0 || length > MOST_BYTES_AT_ONCE || offset + length > file.sizeBytes)
        throw new Error('it names a place that is not in it');
      return (await file.at(offset, length)) as Uint8Array<ArrayBuffer>;
    },
  };
}

/** A file in a zip. Its length is what the zip says; more or less is an error. */
function packedFile(entry: ZipEntry, zipName: string): SourceFile {
  const name = `${zipName}/${entry.name}`;
  const unreadable = (error: Error): BundleError => new BundleError(`${name} cannot be unpacked: ${error.message}`);
  async function* chunks(): AsyncGenerator<Uint8Array, undefined, undefined> {
    const stream = await entry.stream().catch((error: Error) => {
      throw unreadable(error);
    });
    // Never cancelled: Node 20 ends the process when what is being inflated is. What is not read is not inflated either.
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read().catch((error: Error) => {
        throw unreadable(error);
      });
      if (done) return;
      yield value;
    }
  }
  return {
    name,
    sizeBytes: entry.size,
    isInflated: entry.compressionMethod !== 0,
    chunks,
    async whole() {
      if (entry.size > MOST_WHOLE_BYTES)
        throw new BundleError(`${name} says that it is ${entry.size} bytes long, which no file of a bundle is.`);
      const all = new Uint8Array(entry.size);
      let at = 0;
      for await (const chunk of chunks()) {
        all.set(chunk, at);
        at += chunk.length;
      }
      return all;
    },
  };
}
