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
  counts: 'counts.json',
  heaps: 'heaps.json',
  qoeLog: 'qoe.json',
  /** Folders of the rounds of `qoeLog`. */
  qoe: 'qoe',
  visitLog: 'visits.json',
  /** Traces of the visits of `visitLog`. */
  visits: 'visits',
  accuracy: 'accuracy.json',
  video: 'video.json',
  modules: 'modules',
  report: 'report.html',
} as const;

/** A bundle that cannot be read or written. The message names the file, what is wrong and what to do. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

/** A file or folder that the user named does not exist. */
export class MissingInputError extends BundleError {}
