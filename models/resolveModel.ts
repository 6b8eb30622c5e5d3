import { stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { models } from './index.js';
import type { Model, ModelFile, ModelFormat } from './model.js';
import { ModelError } from './modelError.js';
import { readModelFile } from './readModelFile.js';
import { readTfjsModelFile } from './tfjs/readTfjsModelFile.js';
import { readTfliteFile } from './tflite/readTfliteFile.js';
import { unknownName } from './unknownName.js';

export interface ResolveOptions {
  readonly cacheFolder: string;
  /** What the framework reads; what the model is by default. */
  readonly format?: ModelFormat;
}

/**
 * The model that a user means: a name of the registry, or the path of an ONNX file, of a TF.js model's model.json, or of a .tflite file.
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
    const remedy = 'Give an .onnx file, the model.json of a TF.js model, or a .tflite file.';
    throw new ModelError('unsupported', nameOrPath, 'this is a folder', remedy);
  }
  const path = resolve(nameOrPath);
  const isOf = formatOf(nameOrPath);
  if (isOf === null) {
    throw new ModelError(
      'unsupported',
      nameOrPath,
      'only .onnx files, TF.js models (model.json) and .tflite files are supported',
      'Export the model to one of them, or rename it if it is one.',
    );
  }
  if (format !== undefined && format !== isOf) {
    const problem = `${forms[format].reader} does not read ${forms[isOf].files}`;
    const remedy = `Run it with --framework ${forms[isOf].framework}, or convert it and give ${forms[format].path}. ${namesIn(format)}`;
    throw new ModelError('format', nameOrPath, problem, remedy);
  }
  const name = isOf === 'tfjs' ? modelJsonName(path) : basename(path, extname(path));
  const facts = { name, title: name, defaultShapes: {} };
  if (isOf === 'onnx') return readModelFile(path, facts);
  return isOf === 'tfjs' ? readTfjsModelFile(path, facts, null) : readTfliteFile(path, facts, null);
}

/** How each format is spoken of. */
const forms: Readonly<Record<ModelFormat, Form>> = {
  onnx: { reader: 'ONNX Runtime', framework: 'ort', as: 'as ONNX', files: 'ONNX', path: 'an .onnx file' },
  tfjs: {
    reader: 'TF.js',
    framework: 'tfjs',
    as: 'as a TF.js model',
    files: 'TF.js models',
    path: "a TF.js model's model.json",
  },
  tflite: { reader: 'LiteRT.js', framework: 'litert', as: 'as a .tflite file', files: '.tflite files', path: 'a .tflite file' },
};

interface Form {
  readonly reader: string;
  readonly framework: string;
  readonly as: string;
  readonly files: string;
  readonly path: string;
}

/** The format of a file, by its extension; null for another one. */
export function formatOf(path: string): ModelFormat | null {
  const formats: Readonly<Record<string, ModelFormat>> = { '.onnx': 'onnx', '.json': 'tfjs', '.tflite': 'tflite' };
  return formats[extname(path).toLowerCase()] ?? null;
}

function inFormat(model: Model, format: ModelFormat): Model {
  if (model.formats.includes(format)) return model;
  const exists = model.formats.map((each) => forms[each].as).join(' and ');
  const others = model.formats.map((each) => `--framework ${forms[each].framework}`).join(' or ');
  const problem = `it exists ${exists} only, which ${forms[format].reader} does not read`;
  throw new ModelError('format', model.name, problem, `To run ${model.name}, give ${others}. ${namesIn(format)}`);
}

function namesIn(format: ModelFormat): string {
  const names = models.filter(({ formats }) => formats.includes(format)).map(({ name }) => name);
  const { as, path } = forms[format];
  return `Models ${as.replace('as a TF.js model', 'in TF.js form')}: ${names.join(', ')}; or the path of ${path}.`;
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
