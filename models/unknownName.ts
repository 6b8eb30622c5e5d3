import { distance } from 'fastest-levenshtein';
import { ModelError } from './modelError.js';

/** Of a name that no model has: an error with the nearest one. @param known the names that there are */
export function unknownName(name: string, known: readonly string[]): ModelError {
  const typed = name.toLowerCase();
  // What only lacks its end is meant rather than what differs in as many letters.
  const nearest = known
    .map((candidate) => ({ candidate, begun: Number(candidate.startsWith(typed)), edits: distance(typed, candidate) }))
    .filter(({ candidate, begun, edits }) => begun === 1 || edits <= Math.max(2, candidate.length / 2))
    .sort((a, b) => b.begun - a.begun || a.edits - b.edits)[0];
  const hint = nearest ? `Did you mean ${nearest.candidate}? ` : '';
  const remedy = `${hint}Known models: ${known.join(', ')}; or give the path of an .onnx file or a TF.js model.json.`;
  return new ModelError('unknown-name', name, 'there is no model of that name', remedy);
}
