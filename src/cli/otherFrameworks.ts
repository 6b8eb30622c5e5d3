import { frameworkLack } from '../../collectors/frameworkPackages.js';
import { type Framework, type FrameworkId, frameworkIds, frameworks } from '../../collectors/frameworks.js';
import type { OtherFramework } from '../../collectors/ladder/runLadder.js';
import { checkFitsWasm } from '../../models/checkFitsWasm.js';
import { defaultCacheFolder } from '../../models/defaultCacheFolder.js';
import type { ModelFormat } from '../../models/model.js';
import { ModelError } from '../../models/modelError.js';
import { modelFeeds } from '../../models/modelFeeds.js';
import type { InputShape } from '../../models/parseShape.js';
import { resolveModel } from '../../models/resolveModel.js';
import { permuted, TO_CHANNELS_FIRST, TO_CHANNELS_LAST } from '../bundle/tensor.js';

interface Choice {
  readonly model: string;
  readonly framework: FrameworkId;
  readonly backend: string;
  readonly shapes: readonly InputShape[];
  readonly seed: number;
}

/** The other frameworks, each with the same network for it: written to disk and fed with the same numbers. */
export function otherFrameworks(choice: Choice): Promise<OtherFramework[]> {
  return Promise.all(
    frameworkIds.filter((framework) => framework !== choice.framework).map((framework) => other(framework, choice)),
  );
}

async function other(framework: FrameworkId, { backend, model, seed, ...run }: Choice): Promise<OtherFramework> {
  const { title, backends, format }: Framework = frameworks[framework];
  if (!backends.includes(backend)) return { framework, lack: `${title} has no backend ${backend}` };
  const missing = frameworkLack(framework, [backend]);
  if (missing) return { framework, lack: `of ${title}, ${missing.problem.replace(/\.$/, '')}` };
  try {
    const file = await resolveModel(model, { cacheFolder: defaultCacheFolder(process.env), format });
    if (backend === 'wasm') checkFitsWasm(file);
    const shapes = run.shapes.map(({ name, shape }) => ({
      name,
      shape: inLayout(shape, frameworks[run.framework].format, format),
    }));
    return { framework, lack: null, model: file, inputs: modelFeeds(file, shapes, seed).inputs };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { framework, lack: `the model is not there for ${title}` };
  }
}

/** The shape of an image in another format: only ONNX has channels first. */
function inLayout(shape: readonly number[], from: ModelFormat, to: ModelFormat): readonly number[] {
  if (shape.length !== 4 || (from === 'onnx') === (to === 'onnx')) return shape;
  return permuted(shape, to === 'onnx' ? TO_CHANNELS_FIRST : TO_CHANNELS_LAST);
}
