import { frameworks } from '../../collectors/frameworks.js';
import type { Progress } from '../../collectors/progress.js';
import { parseShape } from '../../models/parseShape.js';
import { type ModelArguments, packagesOf, v8FlagsOf } from './collectArguments.js';
import { frameworkBuild } from './frameworkBuild.js';
import { requirePackages } from './requirePackages.js';
import { workloadOf } from './workloadOf.js';

/**
 * What the options of a model's run ask for: the workload, in the build and with the switches that they name.
 * @throws UsageError, ModelError, BuildError or CollectError if it cannot be run
 */
export async function modelWorkload(args: ModelArguments, progress: Progress, signal: AbortSignal) {
  const { framework, backend, simd, isolation, iterations, input } = args;
  const build = args.package === undefined ? null : await frameworkBuild(args.package, framework, backend, progress, signal);
  if (build === null) requirePackages(packagesOf(args));
  const v8Flags = v8FlagsOf(args);
  const workload = await workloadOf({
    ...args,
    shapes: input.map(parseShape),
    simd: frameworks[framework].switchesSimd && backend === 'wasm' ? simd !== 'off' : null,
    isolated: isolation === 'on',
    iterations: iterations ?? null,
  });
  return { ...workload, ...(build && { frameworkFolders: build }), ...(v8Flags && { v8Flags }) };
}
