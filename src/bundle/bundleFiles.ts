import { rename, rm, writeFile } from 'node:fs/promises';

/** Names of the files in a run bundle. */
export const bundleFiles = {
  manifest: 'run.json',
  trace: 'trace.json.gz',
  baseline: 'baseline.json',
  scheduling: 'sched.json',
  gpu: 'gpu.json',
  kernels: 'kernels.json',
  operatorTrace: 'kernels.trace.json.gz',
  memory: 'memory.json',
  wasm: 'wasm.json',
  modules: 'modules',
  report: 'report.html',
} as const;

/** A bundle that cannot be read or written. The message names the file, what is wrong and what to do. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

/** Writes a file so that it appears completely or not at all. @throws BundleError if it cannot be written */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await replaceFile(path, (partial) => writeFile(partial, content));
  } catch (error) {
    throw unwritable(path, error as Error);
  }
}

/**
 * Creates or replaces a file, so that it appears completely or not at all. The old content stays readable meanwhile.
 * @param write writes a temporary file next to it, which is then renamed
 */
export async function replaceFile(path: string, write: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await write(partial);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw error;
  }
}

/** The error for a file of a bundle or a study that cannot be written. */
export function unwritable(path: string, { message }: Error): BundleError {
  return new BundleError(`${path} cannot be written: ${message}. Free some space, or name another folder with --out.`);
}
