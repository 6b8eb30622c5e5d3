import { type ZodType, z } from 'zod';
import { type AccuracyLog, accuracyLogSchema } from './accuracyLog.js';
import { BundleError, bundleFiles } from './bundleFiles.js';
import { type CountLog, countLogSchema } from './countLog.js';
import { type GpuLog, gpuLogSchema } from './gpuLog.js';
import { type HeapLog, heapLogSchema } from './heapLog.js';
import { type Baseline, baselineSchema, type Manifest, manifestSchema } from './manifest.js';
import { type MemoryLog, memoryLogSchema } from './memoryLog.js';
import { type OperatorLog, operatorLogSchema } from './operatorLog.js';
import { type PageManifest, pageManifestSchema } from './pageManifest.js';
import { type QoeLog, type QoeRoundLog, qoeLogSchema, roundFolder } from './qoeLog.js';
import { type Scheduling, schedulingSchema } from './scheduling.js';
import type { SourceFile, SourceFiles } from './sourceFile.js';
import { type VideoLog, videoLogSchema } from './videoLog.js';
import { type VisitEntry, type VisitLog, visitLogSchema, visitTrace } from './visitLog.js';
import { type WasmLog, wasmLogSchema } from './wasmLog.js';

const anyManifestSchema = z.discriminatedUnion('schema', [manifestSchema, pageManifestSchema]);

/** An opened run bundle. Its manifest and logs have been read and validated; traces and modules are read on demand. */
export interface Bundle {
  /** Path of its folder, or of the file that it is packed in. */
  readonly name: string;
  /** Manifest of a harness run, or of a watched page. */
  readonly manifest: Manifest | PageManifest;
  readonly baseline: Baseline | null;
  /** Null if thread scheduling was not sampled. */
  readonly scheduling: Scheduling | null;
  /** Null if GPU calls were not recorded. */
  readonly gpu: GpuLog | null;
  /** Null if time per operator was not recorded. */
  readonly kernels: OperatorLog | null;
  /** Null if the run's memory was not watched. */
  readonly memory: MemoryLog | null;
  /** Null if no page was used while inference ran. */
  readonly qoe: QoeLog | null;
  /** Null if the pages' Wasm was not hooked. */
  readonly wasm: WasmLog | null;
  /** Null if what was executed was not counted. */
  readonly counts: CountLog | null;
  /** Null if a page's heaps were not read. */
  readonly heaps: HeapLog | null;
  /** Null if a detector's accuracy was not watched. */
  readonly accuracy: AccuracyLog | null;
  /** Null if no video of the user was played. */
  readonly video: VideoLog | null;
  /** Null if the page was not opened several times in one profile. */
  readonly visits: VisitLog | null;
  /** Null if the bundle has no trace (collecting ended before the trace pass did). */
  readonly trace: SourceFile | null;
  /** Null if the profiling pass left no trace. */
  readonly operatorTrace: SourceFile | null;
  /** What was recorded of a round in which a page was used; null if there is no trace of it. */
  readRound(round: QoeRoundLog): Promise<{ readonly trace: SourceFile; readonly scheduling: Scheduling | null } | null>;
  /** The trace of a visit; null if there is none. */
  readVisit(visit: VisitEntry): Promise<SourceFile | null>;
  /** @returns null if the module's file is missing, as in a bundle that was copied without its modules */
  readModule(sha256: string): Promise<Uint8Array | null>;
}

/**
 * Reads a bundle from wherever its files are.
 * @throws BundleError if they are no bundle, or its manifest is broken or has a schema that this version does not support
 */
export async function bundleOf(files: SourceFiles): Promise<Bundle> {
  const manifest = await readJson(files, bundleFiles.manifest, anyManifestSchema);
  if (!manifest) {
    throw new BundleError(
      `${files.name} is a folder without ${bundleFiles.manifest}, so it is no run bundle. Give a bundle that "trace collect" wrote, or a trace file.`,
    );
  }
  return {
    name: files.name,
    manifest,
    baseline: await readJson(files, bundleFiles.baseline, baselineSchema),
    scheduling: await readJson(files, bundleFiles.scheduling, schedulingSchema),
    gpu: await readJson(files, bundleFiles.gpu, gpuLogSchema),
    kernels: await readJson(files, bundleFiles.kernels, operatorLogSchema),
    memory: await readJson(files, bundleFiles.memory, memoryLogSchema),
    qoe: await readJson(files, bundleFiles.qoeLog, qoeLogSchema),
    wasm: await readJson(files, bundleFiles.wasm, wasmLogSchema),
    counts: await readJson(files, bundleFiles.counts, countLogSchema),
    heaps: await readJson(files, bundleFiles.heaps, heapLogSchema),
    accuracy: await readJson(files, bundleFiles.accuracy, accuracyLogSchema),
    video: await readJson(files, bundleFiles.video, videoLogSchema),
    visits: await readJson(files, bundleFiles.visitLog, visitLogSchema),
    trace: await readable(files, bundleFiles.trace),
    operatorTrace: await readable(files, bundleFiles.operatorTrace),
    async readRound(round) {
      const own = `${bundleFiles.qoe}/${roundFolder(round)}`;
      const trace = await readable(files, `${own}/${bundleFiles.trace}`);
      if (trace === null) return null;
      return { trace, scheduling: await readJson(files, `${own}/${bundleFiles.scheduling}`, schedulingSchema) };
    },
    readVisit: (visit) => readable(files, `${bundleFiles.visits}/${visitTrace(visit)}`),
    async readModule(sha256) {
      // The manifest's schema accepts only 64 hex digits, so this cannot leave the folder.
      const file = await readable(files, `${bundleFiles.modules}/${sha256}.wasm`);
      return (await file?.whole().catch(() => null)) ?? null;
    },
  };
}

/** @returns null if there is no such file */
const readable = (files: SourceFiles, name: string): Promise<SourceFile | null> => files.file(name).catch(() => null);

/** @returns null if there is no such file */
async function readJson<T>(files: SourceFiles, name: string, schema: ZodType<T>): Promise<T | null> {
  let path = `${files.name}/${name}`;
  let content: string;
  try {
    const file = await files.file(name);
    if (!file) return null;
    path = file.name;
    content = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.whole());
  } catch (error) {
    if (error instanceof BundleError) throw error;
    throw new BundleError(`${path} cannot be read: ${(error as Error).message}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw new BundleError(`${path} is not valid JSON: ${(error as Error).message}`);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new BundleError(`${path} is not what this version of Inferscope writes:\n${z.prettifyError(result.error)}`);
}
