import { formatMs, formatName, formatPlace, formatPlural, formatShare } from '../../../src/view/format.js';
import type { Doer } from '../../partition/causes/cause.js';
import { causeOf, page, runtime } from '../../partition/causes/index.js';
import type { OutlierCause } from '../../partition/outliers.js';
import { functionText } from '../../partition/outliersText.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate, type Knob, place } from '../step.js';

/** Slow predictions that cost less than this of all predictions' time, taken together, are not worth a step. */
const MIN_SHARE = 0.01;

/** Predictions that take markedly longer than most: what they have more of, where something can be done about that. */
export function outlierSteps(seen: Seen): Candidate[] {
  const { outliers } = seen;
  if (!outliers) return [];
  const { windows, of, ms, typicalMs, more } = outliers;
  const found = more.flatMap((cause) => {
    const advice = adviceOn(cause, seen);
    return advice ? [{ cause, advice }] : [];
  })[0];
  if (!found || ((ms - typicalMs) * windows) / of < MIN_SHARE * typicalMs) return [];
  const { cause, advice } = found;
  return [
    candidate({
      id: 'predictions.slow',
      title: `${advice.title}: ${windows} of ${formatPlural(of, 'prediction')} ${windows === 1 ? 'takes' : 'take'} ${formatMs(ms)}, and typical ones ${formatMs(typicalMs)}`,
      saves: atMost('slow prediction', cause.ms),
      basis: `All that ${windows === 1 ? 'it spends' : 'they spend'} more than typical ones on “${cause.title}”, ${formatShare(cause.share)} of what ${windows === 1 ? 'it takes' : 'they take'} longer.`,
      who: advice.who,
      where: cause.functions.flatMap(({ function: name, script, line }) =>
        script === null ? [] : [place({ function: name, script, line })],
      ),
      evidence: more.map(
        ({ title, ms, functions, evidence }) =>
          `${formatMs(ms)} more of “${title}”${functions[0] ? `, most in ${functionText(functions[0])}` : evidence === '' ? '' : `: ${evidence}`}.`,
      ),
      meanMs: (cause.ms * windows) / of,
      ...(advice.knob ? { knob: advice.knob } : {}),
    }),
  ];
}

interface Advice {
  readonly title: string;
  readonly who: Doer;
  readonly knob?: Knob;
}

/** What can be done about a cause that strikes some predictions only; null: nothing that is known. */
function adviceOn({ id, functions: [first] }: OutlierCause, { run }: Seen): Advice | null {
  const name = first?.function ?? null;
  const named =
    name === null || !first
      ? null
      : `${formatName(name)}${first.script === null ? '' : `, ${formatPlace(first.script, first.line)}`}`;
  if (id === page.script.id) return { title: `Take ${named ?? 'the page’s own scripts'} out of the inference`, who: 'you' };
  if (id === runtime.glue.id || id === runtime.memory.id)
    return { title: `Take what ${named ?? 'the framework’s JavaScript'} does now and then out of predictions`, who: 'framework' };
  if (id === runtime.gc.id) return { title: 'Make less garbage, or larger arrays once', who: run ? 'framework' : 'you' };
  if (id === runtime.compile.id) return { title: 'Warm up with more inferences, until all code is compiled', who: 'you' };
  const advice = causeOf(id)?.advice;
  return advice ? { title: advice.title, who: advice.who } : null;
}
