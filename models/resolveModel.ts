import { stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { models } from './index.js';
import type { Model, ModelFile, ModelFormat } from './model.js';
import { ModelError } from './modelError.js';
import { readModelFile } from './readModelFile.js';
import { readTfjsModelFile } from './tfjs/readTfjsModelFile.js';
import { unknownName } from './unknownName.js';

export interface ResolveOptions {
  readonly cacheFolder: string;
  /** What the framework reads; what the model is by default. */
  readonly format?: ModelFormat;
}

/**
 * The model that a user means: a name of the registry, or the path of an ONNX file or of a TF.js model's model.json.
 *
 * @throws ModelError with code unknown-name, not-found, format or unsupported, or what reading the file throws
 */
export async function resolveModel(nameOrPath: string, { cacheFolder, format }: ResolveOptions): Promise<ModelFile> {
  const member = models.find(({ name }) => name === nameOrPath);
  if (member) return inFormat(member, format ?? member.formats[0]).write(cacheFolder, format);
  const names = models.map(({ name }) => name);
  const found = await stat(nameOrPath).catch(() => null);
  if (!found) throw looksLikePath(nameOrPath) ? missing(nameOrPath) : unknownName(nameOrPath, names);
  if (found.isDirectory()) {
    throw new ModelError(
      'unsupported',
      nameOrPath,
      'this is a folder',
      'Give an .onnx file, or the model.json of a TF.js model.',
    );
  }
  const path = resolve(nameOrPath);
  switch (extname(nameOrPath).toLowerCase()) {
    case '.onnx': {
      if (format === 'tfjs') {
        const remedy = `Run it with --framework ort, or convert it to a TF.js model and give its model.json. ${namesIn(format)}`;
        throw new ModelError('format', nameOrPath, 'TF.js does not read ONNX', remedy);
      }
      const name = basename(path, extname(path));
      return readModelFile(path, { name, title: name, defaultShapes: {} });
    }
    case '.json': {
      if (format === 'onnx') {
        throw new ModelError('format', nameOrPath, 'ONNX Runtime does not read TF.js models', 'Run it with --framework tfjs.');
      }
      const name = modelJsonName(path);
      return readTfjsModelFile(path, { name, title: name, defaultShapes: {} }, null);
    }
    default:
      throw new ModelError(
        'unsupported',
        nameOrPath,
        'only .onnx files and TF.js models (model.json) are supported',
        'Export the model to one of them, or rename it if it is one.',
      );
  }
}

function inFormat(model: Model, format: ModelFormat): Model {
  if (model.formats.includes(format)) return model;
  const [exists, reader, other] = format === 'tfjs' ? ['as ONNX', 'TF.js', 'ort'] : ['as a TF.js model', 'ONNX Runtime', 'tfjs'];
  const remedy = `To run ${model.name}, give --framework ${other}. ${namesIn(format)}`;
  throw new ModelError('format', model.name, `it exists ${exists} only, which ${reader} does not read`, remedy);
}

function namesIn(format: ModelFormat): string {
  const names = models.filter(({ formats }) => formats.includes(format)).map(({ name }) => name);
  const [title, path] = format === 'tfjs' ? ['in TF.js form', "a TF.js model's model.json"] : ['as ONNX', 'an .onnx file'];
  return `Models ${title}: ${names.join(', ')}; or the path of ${path}.`;
}

/** Converters call every file model.json, so the folder's name says more. */
function modelJsonName(path: string): string {
  const stem = basename(path, extname(path));
  return stem === 'model' ? basename(dirname(path)) || stem : stem;
}

function looksLikePath(text: string): boolean {
  return /[\\/]/.test(text) || /\.(onnx|json|ort|pb|tflite|pt|pth)$/i.test(text);
}

function missing(path: string): ModelError {
  return new ModelError('not-found', path, 'there is no such file', `Check the path; it was looked for at ${resolve(path)}.`);
}
