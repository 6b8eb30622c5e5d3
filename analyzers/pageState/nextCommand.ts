import type { PageManifest } from '../../src/bundle/pageManifest.js';
import { shellQuoted } from '../../src/text/shellQuoted.js';
import type { Trace } from '../../src/trace/trace.js';
import { measuresOf } from '../source/traceFacts.js';

/** A recording without an inference may have been too short: the next one takes so many times as long. */
const LONGER = 3;
const LEAST_SECONDS = 30;
const MOST_SECONDS = 300;
/** Longer addresses are cut in the bundle. */
const MOST_URL = 4000;

/**
 * A command for where no inference was found, which works as it stands: with a measure that the trace holds, or else a longer
 * recording of the page. Its texts are untrusted, and quoted for a shell.
 * @param name of the bundle or trace, as the user gave it
 * @param finds whether a measure, by its name, gives inferences
 * @returns null where none is sure to work
 */
export function commandToFind(
  name: string,
  trace: Trace,
  page: PageManifest | null,
  finds: (measure: string) => boolean,
): string | null {
  const input = shellQuoted(name);
  const measure = measuresOf(trace).find((one) => shellQuoted(one.name) !== null && finds(one.name))?.name;
  if (input !== null && measure !== undefined) return `trace analyze ${input} --mark ${shellQuoted(measure)}`;
  return page && commandToRecord(page);
}

function commandToRecord({ page: { url, opened }, recorded }: PageManifest): string | null {
  const address = /^https?:/.test(url) && url.length <= MOST_URL ? shellQuoted(url) : null;
  if (address === null) return null;
  const passedS = recorded ? (recorded.endUs - recorded.startUs) / 1e6 : 0;
  const seconds = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, Math.round(LONGER * passedS)));
  const what = opened === 'launched' ? address : `--attach --tab ${address} --reload`;
  return `trace collect ${what} --duration ${seconds}s`;
}
