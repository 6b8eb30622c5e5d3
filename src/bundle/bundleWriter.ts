import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundleFiles } from './bundleFiles.js';
import type { Baseline, Manifest } from './manifest.js';

/**
 * Writes a run bundle. Every file appears whole or not at all (written beside, then renamed), and the manifest says `recording`
 * until the last step, so a kill at any moment leaves a bundle that says it is incomplete.
 */
export interface BundleWriter {
  readonly folder: string;
  readonly tracePath: string;
  manifest(manifest: Manifest): Promise<void>;
  baseline(baseline: Baseline): Promise<void>;
  /** Stores a module under its content hash, once. */
  module(url: string, bytes: Uint8Array): Promise<Manifest['modules'][number]>;
  /** Takes the whole folder away: for a run that ended before it held anything. */
  discard(): Promise<void>;
}

export async function createBundle(folder: string): Promise<BundleWriter> {
  await mkdir(folder, { recursive: true });
  return {
    folder,
    tracePath: join(folder, bundleFiles.trace),
    manifest: (manifest) => writeWhole(join(folder, bundleFiles.manifest), `${JSON.stringify(manifest, null, 2)}\n`),
    baseline: (baseline) => writeWhole(join(folder, bundleFiles.baseline), `${JSON.stringify(baseline, null, 2)}\n`),
    async module(url, bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const path = join(folder, bundleFiles.modules, `${sha256}.wasm`);
      await mkdir(dirname(path), { recursive: true });
      await writeWhole(path, bytes);
      return { sha256, url, bytes: bytes.byteLength };
    },
    discard: () => rm(folder, { recursive: true, force: true }),
  };
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  await writeFile(partial, content);
  await rename(partial, path);
}
