import { shellQuoted } from '../../../src/text/shellQuoted.js';
import { formatName, formatPlace } from '../../../src/view/format.js';
import { gpuApi } from '../../activity/gpu/realm.js';
import { errorsOf } from '../../pageState/pageState.js';
import type { PageFacts } from '../../recording/describe.js';
import type { Validity } from '../../validity/validity.js';
import { formatConfidence, SURE } from '../../windows/confidence.js';
import { MEASURE_CODE } from '../code.js';
import { pageCommand, runCommand } from '../command.js';
import type { Seen } from '../seen.js';
import { type Candidate, candidate, notMeasured, place } from '../step.js';

/** What would make the answer better: which inferences are meant, and what is not measured yet. */
export function recordSteps(seen: Seen, validity: Validity | null): Candidate[] {
  return [
    ...recordAgain(seen),
    ...recordQuietly(seen, validity),
    ...findInferences(seen),
    ...measureFactors(seen),
    ...recordBundle(seen),
  ];
}

function recordAgain({ run, latency, partition, source }: Seen): Candidate[] {
  if (!run || latency?.prediction || latency?.traced.prediction || partition) return [];
  return [
    candidate({
      id: 'record.again',
      title: source.complete ? 'Record it again, with its predictions timed' : 'Record it again: collecting did not finish',
      saves: notMeasured(),
      basis: 'No prediction was timed, so nothing is known of where its time goes.',
      who: 'you',
      command: runCommand(run, {}),
      rank: 'again',
    }),
  ];
}

/** What made a measurement none, and is gone on a machine that does nothing else. */
const NOISE: ReadonlySet<string> = new Set(['preempted', 'busy-machine', 'observer-effect', 'wide-interval']);

function recordQuietly({ run, page, command }: Seen, validity: Validity | null): Candidate[] {
  const [worst] = validity?.reasons ?? [];
  if (worst?.level !== 'void' || !NOISE.has(worst.id)) return [];
  return [
    candidate({
      id: 'record.quietly',
      title: 'Record it again with nothing else running: this is no valid measurement',
      saves: notMeasured(),
      basis: worst.text,
      who: 'machine',
      command: command ?? (run ? runCommand(run) : page && pageCommand(page)),
      rank: 'again',
    }),
  ];
}

function findInferences(seen: Seen): Candidate[] {
  const { partition, page, inferences, run, trace } = seen;
  if (run) return [];
  const step = (title: string, basis: string, command: string | null, code: string | null = null): Candidate[] => [
    candidate({
      id: 'inferences.find',
      title,
      saves: notMeasured(),
      basis,
      who: 'you',
      command,
      code,
      knob: 'inferences',
      rank: 'recording',
    }),
  ];
  if (!partition) {
    const [error] = [...errorsOf(seen.pageState ?? { messages: [] })].sort(
      (a, b) => Number(a.kind === 'request') - Number(b.kind === 'request'),
    );
    if (page && error) return [mend(page, error)];
    // A profile of operators, or a trace of something else: nothing to look for is known.
    if (!trace) return [];
    const command = seen.commandToFind ?? markCommand(seen);
    if (command?.startsWith('trace analyze'))
      return step('Name the performance.measure() that spans one inference', NOTHING_FOUND, command);
    if (command !== null) return step('Record it for longer', NOTHING_FOUND, command);
    return step('Put performance.measure() around one inference, and record again', NOTHING_FOUND, null, MEASURE_CODE);
  }
  const confidence = inferences?.confidence ?? 1;
  if (!page || confidence >= SURE) return [];
  const basis = `That these are the inferences is known with confidence ${formatConfidence(confidence)}; steps and figures rest on it.`;
  return page.fromStart
    ? step(
        'Put performance.measure() around one inference in the page, and name it',
        basis,
        pageCommand(page, '--mark inference'),
        MEASURE_CODE,
      )
    : step('Let the page load anew, with hooks', basis, pageCommand(page));
}

/** A page that fails does not infer, however long it is recorded. */
function mend(page: PageFacts, { text, url, line, kind }: ReturnType<typeof errorsOf>[number]): Candidate {
  const at = url === '' ? '' : ` (${formatPlace(url, line)})`;
  return candidate({
    id: 'page.error',
    title: `Mend what the page reports${at}, and record it again: ${formatName(text, 160)}`,
    saves: notMeasured(),
    basis: 'No inference was found in the page, and it reports an error: it may be why.',
    who: 'you',
    where: url === '' ? [] : [place({ script: url, line })],
    command: pageCommand(page),
    evidence: kind === 'request' ? ['A file that it asks for is not there, or is refused.'] : [],
    knob: 'inferences',
    rank: 'symptom',
  });
}

const NOTHING_FOUND = 'Nothing is measured of the inferences before it is known which stretches of time they are.';

/** With the measure that the trace holds most often; where that finds nothing, it says which measures there are. */
function markCommand({ source, trace, page }: Seen): string | null {
  const input = shellQuoted(source.name);
  const measure = (trace?.measures ?? []).map(({ name }) => shellQuoted(name)).find((name) => name !== null);
  return page || input === null || measure === undefined ? null : `trace analyze ${input} --mark ${measure}`;
}

function measureFactors({ gap, run }: Seen): Candidate[] {
  if (!run || !gap || gap.effects.length > 0) return [];
  return [
    candidate({
      id: 'measure.factors',
      title: 'Measure what single factors cost: a ladder takes one away at a time',
      saves: notMeasured(),
      basis: `It turns “at most” into “measured” for ${gpuApi(run.backend) === null ? 'threads, SIMD, code tiers and the worker' : 'the browser, the API and the worker'}.`,
      who: 'you',
      command: runCommand(run, { more: '--ladder' }),
      rank: 'recording',
    }),
  ];
}

function recordBundle({ source }: Seen): Candidate[] {
  if (source.kind === 'bundle') return [];
  return [
    candidate({
      id: 'record.bundle',
      title: 'Record the page with this tool: a trace alone has no module bytes, no state of the page and no native run',
      saves: notMeasured(),
      basis: 'Of a trace it is known what Chrome wrote, and not which address it was of.',
      who: 'you',
      command: 'trace collect --attach',
      rank: 'recording',
    }),
  ];
}
