import { existsSync } from 'node:fs';
import { buildIn } from '../../collectors/builds/ownBuilds.js';
import { type BuildFolders, publishedBuild } from '../../collectors/builds/publishedBuild.js';
import { type Framework, type FrameworkId, frameworks } from '../../collectors/frameworks.js';
import type { Progress } from '../../collectors/progress.js';
import { cacheFolder } from '../../models/defaultCacheFolder.js';
import { inertText } from '../text/inertText.js';
import { UsageError } from './explain.js';

const VERSION = /^[\w][\w.+-]{0,99}$/;

/**
 * The build of a framework that `--package` names: `onnxruntime-web@1.27.0`, or a folder that has one.
 * @throws UsageError if it is of another framework, or names neither
 * @throws BuildError if it cannot be had
 */
export async function frameworkBuild(
  given: string,
  framework: FrameworkId,
  backend: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<BuildFolders> {
  if (existsSync(given)) return buildIn(given, framework, backend);
  const { packages, title }: Framework = frameworks[framework];
  const at = given.lastIndexOf('@');
  const [name, version] = at > 0 ? [given.slice(0, at), given.slice(at + 1)] : [given, ''];
  if (name !== packages[0].name || !VERSION.test(version))
    throw new UsageError(
      `--package ${inertText(given, 100)}: for ${title} it is ${packages[0].name}@ and a version, or a folder that has a build.`,
    );
  progress.step(`Getting ${given}`);
  return publishedBuild(framework, backend, version, cacheFolder(process.env, 'packages'), signal);
}
