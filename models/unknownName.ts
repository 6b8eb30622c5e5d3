import { nearest } from '../src/text/nearest.js';
import { ModelError } from './modelError.js';

/** Of a name that no model has: an error with the nearest one. @param known the names that there are */
export function unknownName(name: string, known: readonly string[]): ModelError {
  const meant = nearest(name.toLowerCase(), known);
  const hint = meant === null ? '' : `Did you mean ${meant}? `;
  const remedy = `${hint}Known models: ${known.join(', ')}; or give the path of an .onnx file or a TF.js model.json.`;
  return new ModelError('unknown-name', name, 'there is no model of that name', remedy);
}
