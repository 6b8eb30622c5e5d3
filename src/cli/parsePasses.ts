import { PASS_NAMES, type PassName } from '../../collectors/passes.js';
import { UsageError } from './usageError.js';

/** Names of passes as `--passes` gives them, separated by commas. @throws UsageError if there is no such pass, or none is named */
export function parsePasses(text: string): readonly PassName[] {
  const given = text.split(',').map((name) => name.trim());
  const unknown = given.find((name) => !(PASS_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--passes has no pass "${unknown}"; there are ${PASS_NAMES.join(', ')}.`);
  }
  return PASS_NAMES.filter((name) => given.includes(name));
}
