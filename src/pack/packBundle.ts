import { createHash } from 'node:crypto';
import { Gzip } from 'fflate';
import { models } from '../../models/index.js';
import type { Bundle } from '../bundle/bundle.js';
import { bundleOf } from '../bundle/bundle.js';
import { bundleFiles } from '../bundle/bundleFiles.js';
import { isGzip } from '../bundle/inflateGzip.js';
import type { Manifest } from '../bundle/manifest.js';
import { NotAFileError } from '../bundle/notAFile.js';
import type { PageManifest } from '../bundle/pageManifest.js';
import { roundFolder } from '../bundle/qoeLog.js';
import type { ReadTraceOptions } from '../bundle/readTrace.js';
import { feedTraceOnDisk } from '../bundle/readTraceFile.js';
import { replaceFile, unwritable } from '../bundle/replaceFile.js';
import type { SourceFile, SourceFiles } from '../bundle/sourceFile.js';
import { visitTrace } from '../bundle/visitLog.js';
import { Names } from './names.js';
import {
  documentRules,
  knownModelRules,
  pageRules,
  redactAsked,
  redactCollectors,
  redactDocument,
  runRules,
} from './redactDocuments.js';
import { redactModule } from './redactModule.js';
import { TraceRedactor } from './redactTrace.js';
import { ZipWriter } from './zipWriter.js';

export interface PackOptions extends Pick<ReadTraceOptions, 'maxInflatedBytes'> {
  readonly redact: boolean;
  /** Aborting rejects with the signal's reason, and leaves nothing. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the name of each file that is begun. */
  readonly onFile?: ((name: string) => void) | undefined;
}

export interface Packed {
  readonly bytes: number;
  /** What became of the names; null if they were left. */
  readonly names: Names | null;
  /** What of the bundle is not in it, as sentences. */
  readonly lacks: readonly string[];
}

/**
 * Packs a bundle into one file, a zip with the files that make it. A report is left out: it can be made again.
 * @param out is replaced if it exists; it appears completely or not at all
 * @throws BundleError or TraceError, with a message for the user
 */
export async function packBundle(files: SourceFiles, out: string, options: PackOptions): Promise<Packed> {
  const bundle = await bundleOf(files);
  const lacks: string[] = [];
  const names = options.redact ? new Names(markOf(bundle)) : null;
  let bytes = 0;
  const pack = async (zip: ZipWriter): Promise<void> => {
    if (names === null) await copyAll(files, bundle, zip, options);
    else lacks.push(...(await redactAll(bundle, zip, names, options)));
    zip.end();
    bytes = zip.bytes;
  };
  await replaceFile(out, async (file) => pack(new ZipWriter(file, dateOf(bundle)))).catch((error: NodeJS.ErrnoException) => {
    const isOfFile = error.syscall !== undefined || error instanceof RangeError || error instanceof NotAFileError;
    throw isOfFile ? unwritable(out, error) : error;
  });
  return { bytes, names, lacks };
}

const markOf = ({ manifest }: Bundle): string | null => (manifest.schema === 'inferscope.page/1' ? manifest.page.mark : null);

/** When the bundle was begun, as far as a zip can say it. */
function dateOf({ manifest: { startedAt } }: Bundle): Date {
  const date = new Date(startedAt);
  return date.getFullYear() >= 1980 && date.getFullYear() < 2099 ? date : new Date(2000, 0, 1);
}

async function copyAll(
  files: SourceFiles,
  { manifest, qoe, visits }: Bundle,
  zip: ZipWriter,
  options: PackOptions,
): Promise<void> {
  const { report: _, modules, qoe: rounds, visits: visited, ...documents } = bundleFiles;
  const hashes = new Set(manifest.modules.map(({ sha256 }) => sha256));
  const all = [
    ...Object.values(documents),
    ...[...hashes].map((hash) => `${modules}/${hash}.wasm`),
    ...(qoe?.rounds ?? []).flatMap((round) =>
      [bundleFiles.trace, bundleFiles.scheduling].map((name) => `${rounds}/${roundFolder(round)}/${name}`),
    ),
    ...(visits?.visits ?? []).map((visit) => `${visited}/${visitTrace(visit)}`),
  ];
  for (const name of all) {
    const file = await files.file(name);
    if (file) await copy(file, name, zip, options);
  }
}

async function copy(file: SourceFile, name: string, zip: ZipWriter, { signal, onFile }: PackOptions): Promise<void> {
  onFile?.(name);
  let entry: ReturnType<ZipWriter['entry']> | null = null;
  for await (const chunk of file.chunks()) {
    signal?.throwIfAborted();
    entry ??= zip.entry(name, isGzip(chunk));
    entry.write(chunk);
  }
  (entry ?? zip.entry(name, true)).end();
}

/** Which of a bundle's properties holds a document. */
const PROPERTY = {
  ...(Object.fromEntries(Object.keys(documentRules).map((key) => [key, key])) as {
    readonly [Key in Exclude<keyof typeof documentRules, 'qoeLog' | 'visitLog'>]: Key;
  }),
  qoeLog: 'qoe',
  visitLog: 'visits',
} as const;

/** @returns what is left out, as sentences */
async function redactAll(bundle: Bundle, zip: ZipWriter, names: Names, options: PackOptions): Promise<string[]> {
  const { onFile } = options;
  const json = (name: string, document: unknown): void => {
    onFile?.(name);
    zip.add(name, new TextEncoder().encode(`${JSON.stringify(document)}\n`));
  };
  const lacks = await redactModules(bundle, zip, names, options);
  json(bundleFiles.manifest, redactManifest(bundle.manifest, names));
  for (const [key, rules] of Object.entries(documentRules)) {
    const document = bundle[PROPERTY[key as keyof typeof documentRules]];
    if (document !== null) json(bundleFiles[key as keyof typeof documentRules], redactDocument(document, rules, names));
  }
  if (bundle.trace) await redactTrace(bundle.trace, bundleFiles.trace, zip, names, options);
  if (bundle.operatorTrace) await redactTrace(bundle.operatorTrace, bundleFiles.operatorTrace, zip, names, options);
  for (const round of bundle.qoe?.rounds ?? []) {
    const recorded = await bundle.readRound(round);
    if (!recorded) continue;
    const folder = `${bundleFiles.qoe}/${roundFolder(round)}`;
    await redactTrace(recorded.trace, `${folder}/${bundleFiles.trace}`, zip, names, options);
    if (recorded.scheduling)
      json(`${folder}/${bundleFiles.scheduling}`, redactDocument(recorded.scheduling, documentRules.scheduling, names));
  }
  for (const visit of bundle.visits?.visits ?? []) {
    const recorded = await bundle.readVisit(visit);
    if (recorded) await redactTrace(recorded, `${bundleFiles.visits}/${visitTrace(visit)}`, zip, names, options);
  }
  return lacks;
}

/** Modules come first: a module whose names are replaced has another hash, by which all else knows it. */
async function redactModules(bundle: Bundle, zip: ZipWriter, names: Names, { signal, onFile }: PackOptions): Promise<string[]> {
  const lacks: string[] = [];
  const written = new Set<string>();
  for (const hash of new Set(bundle.manifest.modules.map(({ sha256 }) => sha256))) {
    signal?.throwIfAborted();
    onFile?.(bundleFiles.modules);
    const bytes = await bundle.readModule(hash);
    const redacted = bytes && redactModule(bytes, names);
    if (bytes && !redacted) lacks.push('A Wasm module is left out: it is broken, so its names cannot be told from its code.');
    if (!redacted) continue;
    const own = createHash('sha256').update(redacted).digest('hex');
    names.pseudonyms.put('hash', hash, own);
    if (!written.has(own)) zip.add(`${bundleFiles.modules}/${own}.wasm`, redacted);
    written.add(own);
  }
  return lacks;
}

function redactManifest(manifest: Manifest | PageManifest, names: Names): Manifest | PageManifest {
  const own = {
    collectors: redactCollectors(manifest.collectors, names),
    asked: redactAsked(manifest.asked, names),
  };
  const told = { collectors: {}, asked: [] };
  if (manifest.schema === 'inferscope.page/1') return { ...redactDocument({ ...manifest, ...told }, pageRules, names), ...own };
  const rules = isOurs(manifest.workload.model) ? knownModelRules : runRules;
  return { ...redactDocument({ ...manifest, ...told }, rules, names), ...own };
}

/** A model of the registry is everybody's. */
const isOurs = ({ name, title, argument }: Manifest['workload']['model']): boolean =>
  (argument === null || argument === name) && models.some((model) => model.name === name && model.title === title);

/** Pieces in which text is compressed. */
const PIECE_CHARACTERS = 1 << 16;

async function redactTrace(
  file: SourceFile,
  name: string,
  zip: ZipWriter,
  names: Names,
  { signal, onFile, maxInflatedBytes }: PackOptions,
): Promise<void> {
  onFile?.(name);
  const entry = zip.entry(name, true);
  const gzip = new Gzip({ level: 6, mtime: 0 }, (bytes) => entry.write(bytes));
  const encoder = new TextEncoder();
  let waiting = '';
  const flush = (): void => {
    gzip.push(encoder.encode(waiting));
    waiting = '';
  };
  const redactor = new TraceRedactor(names, (text) => {
    waiting += text;
    if (waiting.length >= PIECE_CHARACTERS) flush();
  });
  await feedTraceOnDisk(file, redactor, { signal, maxInflatedBytes });
  flush();
  gzip.push(new Uint8Array(0), true);
  entry.end();
}
