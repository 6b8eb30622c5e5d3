import { stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { distance } from 'fastest-levenshtein';
import { models } from './index.js';
import type { Model, ModelFile, ModelFormat } from './model.js';
import { ModelError } from './modelError.js';
import { readModelFile } from './readModelFile.js';
import { readGraphModelFile } from './tfjs/readGraphModelFile.js';

export interface ResolveOptions {
  readonly cacheFolder: string;
  /** What the framework reads; ONNX by default. */
  readonly format?: ModelFormat;
}

/**
 * The model that a user means: a name of the registry, or the path of an ONNX file or of a TF.js graph model's model.json.
 *
 * @throws ModelError with code unknown-name, not-found, format or unsupported, or what reading the file throws
 */
export async function resolveModel(nameOrPath: string, { cacheFolder, format = 'onnx' }: ResolveOptions): Promise<ModelFile> {
  const member = models.find(({ name }) => name === nameOrPath);
  if (member) return inFormat(member, format).write(cacheFolder, format);
  const found = await stat(nameOrPath).catch(() => null);
  if (!found) throw looksLikePath(nameOrPath) ? missing(nameOrPath) : unknownName(nameOrPath);
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
      if (format !== 'onnx') {
        const remedy = `Run it with --framework ort, or convert it to a TF.js graph model and give its model.json. ${namesIn(format)}`;
        throw new ModelError('format', nameOrPath, 'TF.js does not read ONNX', remedy);
      }
      const name = basename(path, extname(path));
      return readModelFile(path, { name, title: name, defaultShapes: {} });
    }
    case '.json': {
      if (format !== 'tfjs') {
        throw new ModelError('format', nameOrPath, 'ONNX Runtime does not read TF.js models', 'Run it with --framework tfjs.');
      }
      const name = graphModelName(path);
      return readGraphModelFile(path, { name, title: name, defaultShapes: {} }, null);
    }
    default:
      throw new ModelError(
        'unsupported',
        nameOrPath,
        'only .onnx files and TF.js graph models (model.json) are supported',
        'Export the model to one of them, or rename it if it is one.',
      );
  }
}

function inFormat(model: Model, format: ModelFormat): Model {
  if (model.formats.includes(format)) return model;
  const remedy = `${namesIn(format)} To run ${model.name}, give --framework ort.`;
  throw new ModelError('format', model.name, 'it exists as ONNX only, which TF.js does not read', remedy);
}

function namesIn(format: ModelFormat): string {
  const names = models.filter(({ formats }) => formats.includes(format)).map(({ name }) => name);
  return `Models in TF.js form: ${names.join(', ')}; or the path of a TF.js graph model's model.json.`;
}

/** Converters call every file model.json, so the folder's name says more. */
function graphModelName(path: string): string {
  const stem = basename(path, extname(path));
  return stem === 'model' ? basename(dirname(path)) || stem : stem;
}

function looksLikePath(text: string): boolean {
  return /[\\/]/.test(text) || /\.(onnx|json|ort|pb|tflite|pt|pth)$/i.test(text);
}

function missing(path: string): ModelError {
  return new ModelError('not-found', path, 'there is no such file', `Check the path; it was looked for at ${resolve(path)}.`);
}

function unknownName(name: string): ModelError {
  const known = models.map((model) => model.name);
  const nearest = known
    .map((candidate) => ({ candidate, edits: distance(name.toLowerCase(), candidate) }))
    .filter(({ candidate, edits }) => edits <= Math.max(2, candidate.length / 2) || candidate.startsWith(name.toLowerCase()))
    .sort((a, b) => a.edits - b.edits)[0];
  const hint = nearest ? `Did you mean ${nearest.candidate}? ` : '';
  const remedy = `${hint}Known models: ${known.join(', ')}; or give the path of an .onnx file or a TF.js model.json.`;
  return new ModelError('unknown-name', name, 'there is no model of that name', remedy);
}
