import { CollectError } from '../../collectors/collectError.js';
import { frameworkLack } from '../../collectors/frameworkPackages.js';
import { type FrameworkId, frameworkIds } from '../../collectors/frameworks.js';
import { models } from '../../models/index.js';
import { findPackage, installCommand } from '../findPackage.js';

/** What a run needs of npm packages. */
export interface PackagesOfRun {
  readonly framework: FrameworkId;
  readonly backend: string;
  /** A name of the registry, or anything else. */
  readonly model: string;
}

/**
 * Checks before minutes of measuring that the frameworks of runs are installed. The command that it tells installs them together with
 * what else is missing: the models' packages, and the native runtime.
 * @throws CollectError with that command
 */
export function requirePackages(runs: readonly PackagesOfRun[]): void {
  const lacks = frameworkIds.flatMap((framework) => {
    const backends = runs.filter((run) => run.framework === framework).map(({ backend }) => backend);
    return (backends.length > 0 && frameworkLack(framework, backends)) || [];
  });
  if (lacks.length === 0) return;
  const ofModels = models
    .filter(({ name }) => runs.some(({ model }) => model === name))
    .flatMap(({ npmPackage }) => npmPackage ?? []);
  const others = [...ofModels, 'onnxruntime-node'].filter((name) => findPackage(name) === null);
  const names = new Set([...lacks.flatMap(({ install }) => install), ...others]);
  throw new CollectError(
    `${lacks.map(({ problem }) => problem).join(' ')} Models run in the framework of your project, and Inferscope comes with none. Install what is missing:

${installCommand([...names])}

To record a page, to analyze and for notebooks none is needed.`,
  );
}
