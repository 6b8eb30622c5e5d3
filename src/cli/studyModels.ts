import { dirname, extname, resolve } from 'node:path';
import type { StudyModel } from '../../collectors/study/expandCells.js';
import type { StudyFile } from '../../collectors/study/readStudyFile.js';
import { StudyError } from '../../collectors/study/studyPlan.js';
import { bindShapes } from '../../models/bindShapes.js';
import { defaultCacheFolder } from '../../models/defaultCacheFolder.js';
import { models } from '../../models/index.js';
import { ModelError } from '../../models/modelError.js';
import type { InputShape } from '../../models/parseShape.js';
import { formatOf, resolveModel } from '../../models/resolveModel.js';

export interface ResolvedStudyModel extends StudyModel {
  /** A name of the registry, or a path relative to the current folder. */
  readonly nameOrPath: string;
  readonly shapes: readonly InputShape[];
}

/**
 * The models of a study file, by the names that it uses. The user's own models are read at once, so that a wrong path or shape is
 * reported before the first run. Models of the registry are written to disk when they are run.
 * @throws StudyError that names file and line
 */
export async function studyModels({ path, plan, place }: StudyFile): Promise<ReadonlyMap<string, ResolvedStudyModel>> {
  const found = new Map<string, ResolvedStudyModel>();
  for (const [block, { models: named }] of plan.runs.entries()) {
    for (const [index, model] of named.entries()) {
      if (found.has(model)) continue;
      try {
        found.set(model, inRegistry(model) ?? (await ownModel(model, dirname(path), shapesOf(plan.shapes[model]))));
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        const where = place(['runs', block, 'models', index]);
        const hint =
          error.code === 'shape' ? ' In a study file it stands under "shapes", as "x: [1, 3, 224, 224]" below the model.' : '';
        throw new StudyError(`${where}: ${error.message}${hint}`);
      }
    }
  }
  for (const model of Object.keys(plan.shapes)) {
    const problem = !found.has(model)
      ? 'which "runs" does not name'
      : inRegistry(model) && 'whose shapes are known: they are for models of your own';
    if (problem) throw new StudyError(`${place(['shapes', model])}: "shapes" has ${model}, ${problem}. Take it out.`);
  }
  return found;
}

function inRegistry(model: string): ResolvedStudyModel | null {
  const member = models.find(({ name }) => name === model);
  return member ? { name: model, formats: member.formats, nameOrPath: model, shapes: [] } : null;
}

async function ownModel(model: string, folder: string, shapes: readonly InputShape[]): Promise<ResolvedStudyModel> {
  const isPath = /[\\/]/.test(model) || extname(model) !== '';
  const nameOrPath = isPath ? resolve(folder, model) : model;
  const format = formatOf(model) ?? 'onnx';
  const file = await resolveModel(nameOrPath, { cacheFolder: defaultCacheFolder(process.env), format });
  bindShapes(file, shapes);
  return { name: file.name, formats: [format], nameOrPath, shapes };
}

function shapesOf(given: Readonly<Record<string, readonly number[]>> = {}): InputShape[] {
  return Object.entries(given).map(([name, shape]) => ({ name, shape }));
}
