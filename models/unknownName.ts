import { distance } from 'fastest-levenshtein';
import { ModelError } from './modelError.js';

/** Of a name that no model has: an error with the nearest one. @param known the names that there are */
export function unknownName(name: string, known: readonly string[]): ModelError {
  const nearest = known
    .map((candidate) => ({ candidate, edits: distance(name.toLowerCase(), candidate) }))
    .filter(({ candidate, edits }) => edits <= Math.max(2, candidate.length / 2) || candidate.startsWith(name.toLowerCase()))
    .sort((a, b) => a.edits - b.edits)[0];
  const hint = nearest ? `Did you mean ${nearest.candidate}? ` : '';
  const remedy = `${hint}Known models: ${known.join(', ')}; or give the path of an .onnx file or a TF.js model.json.`;
  return new ModelError('unknown-name', name, 'there is no model of that name', remedy);
}
