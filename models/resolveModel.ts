import { stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { distance } from 'fastest-levenshtein';
import { models } from './index.js';
import type { ModelFile } from './model.js';
import { ModelError } from './modelError.js';
import { readModelFile } from './readModelFile.js';

/**
 * The model that a user means: a name of the registry, or the path of an ONNX file.
 *
 * @throws ModelError with code unknown-name, not-found or unsupported, or what `readModelFile` throws
 */
export async function resolveModel(nameOrPath: string, { cacheFolder }: { readonly cacheFolder: string }): Promise<ModelFile> {
  const member = models.find(({ name }) => name === nameOrPath);
  if (member) return member.write(cacheFolder);
  const found = await stat(nameOrPath).catch(() => null);
  if (!found) throw looksLikePath(nameOrPath) ? missing(nameOrPath) : unknownName(nameOrPath);
  if (found.isDirectory()) {
    throw new ModelError(
      'unsupported',
      nameOrPath,
      'folders (TF SavedModel, TF.js) are not supported yet',
      'Give an .onnx file.',
    );
  }
  const extension = extname(nameOrPath).toLowerCase();
  if (extension === '.json') {
    throw new ModelError('unsupported', nameOrPath, 'TF.js models are not supported yet', 'Give an .onnx file.');
  }
  if (extension !== '.onnx') {
    throw new ModelError(
      'unsupported',
      nameOrPath,
      'only .onnx files are supported',
      'Export the model to ONNX, or rename it if it is ONNX.',
    );
  }
  const name = basename(nameOrPath, extname(nameOrPath));
  return readModelFile(resolve(nameOrPath), { name, title: name, defaultShapes: {} });
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
  const remedy = `${hint}Known models: ${known.join(', ')}; or give the path of an .onnx file.`;
  return new ModelError('unknown-name', name, 'there is no model of that name', remedy);
}
