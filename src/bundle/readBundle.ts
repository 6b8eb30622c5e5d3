import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ZodType, z } from 'zod';
import { type AccuracyLog, accuracyLogSchema } from './accuracyLog.js';
import { BundleError, bundleFiles } from './bundleFiles.js';
import { type GpuLog, gpuLogSchema } from './gpuLog.js';
import { type HeapLog, heapLogSchema } from './heapLog.js';
import { type Baseline, baselineSchema, type Manifest, manifestSchema } from './manifest.js';
import { type MemoryLog, memoryLogSchema } from './memoryLog.js';
import { readWhole } from './openFile.js';
import { type OperatorLog, operatorLogSchema } from './operatorLog.js';
import { type PageManifest, pageManifestSchema } from './pageManifest.js';
import { type QoeLog, type QoeRoundLog, qoeLogSchema, roundFolder } from './qoeLog.js';
import { type Scheduling, schedulingSchema } from './scheduling.js';
import { type VideoLog, videoLogSchema } from './videoLog.js';
import { type WasmLog, wasmLogSchema } from './wasmLog.js';

const anyManifestSchema = z.discriminatedUnion('schema', [manifestSchema, pageManifestSchema]);

/** An opened run bundle on disk. Its manifest has been read and validated; the rest is read on demand. */
export interface Bundle {
  readonly folder: string;
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
  /** Null if a page's heaps were not read. */
  readonly heaps: HeapLog | null;
  /** Null if a detector's accuracy was not watched. */
  readonly accuracy: AccuracyLog | null;
  /** Null if no video of the user was played. */
  readonly video: VideoLog | null;
  /** Null if the bundle has no trace (collecting ended before the trace pass did). */
  readonly tracePath: string | null;
  /** Null if the profiling pass left no trace. */
  readonly operatorTracePath: string | null;
  /** What was recorded of a round in which a page was used; null if there is no trace of it. */
  readRound(round: QoeRoundLog): Promise<{ readonly tracePath: string; readonly scheduling: Scheduling | null } | null>;
  /** @returns null if the module's file is missing, as in a bundle that was copied without its modules */
  readModule(sha256: string): Promise<Uint8Array | null>;
}

/**
 * @throws BundleError if the folder is not a bundle, or its manifest is broken or has a schema that this version does not support
 */
export async function readBundle(folder: string): Promise<Bundle> {
  const manifestPath = join(folder, bundleFiles.manifest);
  const manifest = await readJson(manifestPath, anyManifestSchema);
  if (!manifest) {
    throw new BundleError(
      `${folder} is a folder without ${bundleFiles.manifest}, so it is no run bundle. Give a bundle that "trace collect" wrote, or a trace file.`,
    );
  }
  return {
    folder,
    manifest,
    baseline: await readJson(join(folder, bundleFiles.baseline), baselineSchema),
    scheduling: await readJson(join(folder, bundleFiles.scheduling), schedulingSchema),
    gpu: await readJson(join(folder, bundleFiles.gpu), gpuLogSchema),
    kernels: await readJson(join(folder, bundleFiles.kernels), operatorLogSchema),
    memory: await readJson(join(folder, bundleFiles.memory), memoryLogSchema),
    qoe: await readJson(join(folder, bundleFiles.qoeLog), qoeLogSchema),
    wasm: await readJson(join(folder, bundleFiles.wasm), wasmLogSchema),
    heaps: await readJson(join(folder, bundleFiles.heaps), heapLogSchema),
    accuracy: await readJson(join(folder, bundleFiles.accuracy), accuracyLogSchema),
    video: await readJson(join(folder, bundleFiles.video), videoLogSchema),
    tracePath: await fileAt(join(folder, bundleFiles.trace)),
    operatorTracePath: await fileAt(join(folder, bundleFiles.operatorTrace)),
    async readRound(round) {
      const own = join(folder, bundleFiles.qoe, roundFolder(round));
      const tracePath = await fileAt(join(own, bundleFiles.trace));
      if (tracePath === null) return null;
      return { tracePath, scheduling: await readJson(join(own, bundleFiles.scheduling), schedulingSchema) };
    },
    async readModule(sha256) {
      // The manifest's schema accepts only 64 hex digits, so this cannot leave the folder.
      return readWhole(join(folder, bundleFiles.modules, `${sha256}.wasm`)).catch(() => null);
    },
  };
}

/** @returns the path; null if there is no such file */
async function fileAt(path: string): Promise<string | null> {
  return stat(path).then(
    (facts) => (facts.isFile() ? path : null),
    () => null,
  );
}

/** @returns null if there is no such file */
async function readJson<T>(path: string, schema: ZodType<T>): Promise<T | null> {
  let content: string;
  try {
    content = (await readWhole(path)).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
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
