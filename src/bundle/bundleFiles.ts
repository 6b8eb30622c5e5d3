/** Names of the files in a run bundle. */
export const bundleFiles = {
  manifest: 'run.json',
  trace: 'trace.json.gz',
  baseline: 'baseline.json',
  scheduling: 'sched.json',
  gpu: 'gpu.json',
  kernels: 'kernels.json',
  kernelTrace: 'kernels.trace.json.gz',
  memory: 'memory.json',
  wasm: 'wasm.json',
  modules: 'modules',
  report: 'report.html',
} as const;
