import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AccuracyLog } from './accuracyLog.js';
import { BundleError, bundleFiles } from './bundleFiles.js';
import type { CountLog } from './countLog.js';
import type { GpuLog } from './gpuLog.js';
import type { HeapLog } from './heapLog.js';
import type { Baseline, Manifest } from './manifest.js';
import type { MemoryLog } from './memoryLog.js';
import type { OperatorLog } from './operatorLog.js';
import type { PageManifest } from './pageManifest.js';
import type { QoeLog } from './qoeLog.js';
import { refuseLinks } from './refuseLinks.js';
import { unwritable, writeWhole } from './replaceFile.js';
import type { Scheduling } from './scheduling.js';
import type { VideoLog } from './videoLog.js';
import type { VisitLog } from './visitLog.js';
import type { WasmLog } from './wasmLog.js';

/**
 * Writes a run bundle. Every file appears completely or not at all (a temporary file is renamed). The manifest's status is
 * `recording` until the last step, so a kill at any moment leaves a bundle that is marked as incomplete.
 */
export interface BundleWriter {
  readonly folder: string;
  readonly tracePath: string;
  /** Path of the trace of the profiling pass. */
  readonly operatorTracePath: string;
  /** Path of the folder that holds those of the rounds in which a page is used. */
  readonly qoeFolder: string;
  /** Path of the folder that holds the traces of visits. */
  readonly visitsFolder: string;
  manifest(manifest: Manifest | PageManifest): Promise<void>;
  baseline(baseline: Baseline): Promise<void>;
  scheduling(scheduling: Scheduling): Promise<void>;
  gpu(log: GpuLog): Promise<void>;
  kernels(log: OperatorLog): Promise<void>;
  memory(log: MemoryLog): Promise<void>;
  wasm(log: WasmLog): Promise<void>;
  counts(log: CountLog): Promise<void>;
  heaps(log: HeapLog): Promise<void>;
  qoe(log: QoeLog): Promise<void>;
  accuracy(log: AccuracyLog): Promise<void>;
  video(log: VideoLog): Promise<void>;
  visits(log: VisitLog): Promise<void>;
  /** Stores a module under its content hash, once. */
  module(url: string, bytes: Uint8Array): Promise<Manifest['modules'][number]>;
  /** Removes what was written, and the folder if it was created here. For a run that ended before it recorded anything. */
  discard(): Promise<void>;
}

/**
 * @param folder created if missing, otherwise it must be empty and no link: a bundle never mixes with or replaces other files
 * @throws BundleError, as every member of the writer does, if something cannot be written
 */
export async function createBundle(folder: string): Promise<BundleWriter> {
  await refuseLinks(folder);
  const made = await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw unwritable(folder, error);
  });
  if ((await readdir(folder)).length > 0) {
    throw new BundleError(`${folder} is not empty, and a bundle needs a folder of its own. Name a new one with --out.`);
  }
  return {
    folder,
    tracePath: join(folder, bundleFiles.trace),
    operatorTracePath: join(folder, bundleFiles.operatorTrace),
    qoeFolder: join(folder, bundleFiles.qoe),
    visitsFolder: join(folder, bundleFiles.visits),
    manifest: (manifest) => writeWhole(join(folder, bundleFiles.manifest), `${JSON.stringify(manifest, null, 2)}\n`),
    baseline: (baseline) => writeWhole(join(folder, bundleFiles.baseline), `${JSON.stringify(baseline, null, 2)}\n`),
    scheduling: (scheduling) => writeWhole(join(folder, bundleFiles.scheduling), `${JSON.stringify(scheduling)}\n`),
    gpu: (log) => writeWhole(join(folder, bundleFiles.gpu), `${JSON.stringify(log)}\n`),
    kernels: (log) => writeWhole(join(folder, bundleFiles.kernels), `${JSON.stringify(log)}\n`),
    memory: (log) => writeWhole(join(folder, bundleFiles.memory), `${JSON.stringify(log)}\n`),
    wasm: (log) => writeWhole(join(folder, bundleFiles.wasm), `${JSON.stringify(log)}\n`),
    counts: (log) => writeWhole(join(folder, bundleFiles.counts), `${JSON.stringify(log)}\n`),
    heaps: (log) => writeWhole(join(folder, bundleFiles.heaps), `${JSON.stringify(log)}\n`),
    qoe: (log) => writeWhole(join(folder, bundleFiles.qoeLog), `${JSON.stringify(log)}\n`),
    accuracy: (log) => writeWhole(join(folder, bundleFiles.accuracy), `${JSON.stringify(log)}\n`),
    video: (log) => writeWhole(join(folder, bundleFiles.video), `${JSON.stringify(log)}\n`),
    visits: (log) => writeWhole(join(folder, bundleFiles.visitLog), `${JSON.stringify(log)}\n`),
    async module(url, bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const path = join(folder, bundleFiles.modules, `${sha256}.wasm`);
      await mkdir(dirname(path), { recursive: true }).catch((error: Error) => {
        throw unwritable(path, error);
      });
      await writeWhole(path, bytes);
      return { sha256, url, bytes: bytes.byteLength };
    },
    async discard() {
      const written = made === undefined ? Object.values(bundleFiles).map((name) => join(folder, name)) : [folder];
      for (const path of written) await rm(path, { recursive: true, force: true });
    },
  };
}
