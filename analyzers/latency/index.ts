import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import { percent } from '../../src/view/format.js';
import { threads } from '../contention/index.js';
import { bundle, fact, type Get, page } from '../input.js';
import { lack, type Note, question, warning } from '../question.js';
import { foundWindows } from '../windows/index.js';
import { runLatency } from './latency.js';
import { pageLatency } from './pageLatency.js';
import { use } from './use.js';
import { view } from './view.js';

/** How long set-up, warm-up and predictions take. */
export const latencies = fact('latency', (get) => {
  get(bundle);
  return get.input.manifest ? runLatency(get.input.manifest) : pageLatency(get(foundWindows), get(page));
});

export const latency = question({
  facts: {
    latency: latencies,
    /** Shares of one use of the model in a page; null for a run of ours, and where samples or tasks do not tell. */
    use,
  },
  notes: (get) => [...fewProcesses(get), ...costOfRecording(get), ...costUnknown(get)],
  view,
});

/** With a ladder its top is quoted, and the ladder has its own note on too few processes. */
function fewProcesses({ input: { manifest } }: Get): Note[] {
  const processes = manifest?.timingPass.setups.length ?? 0;
  if (processes === 0 || enoughReplicates(processes) || manifest?.ladder) return [];
  return [
    warning(
      'few-processes',
      `Predictions were timed in ${processes} of the 3 fresh processes that intervals need: these know nothing of how one process differs from the next and are too narrow.`,
    ),
  ];
}

const COSTLY_RECORDING = 1.05;

function costOfRecording(get: Get): Note[] {
  const effect = get.maybe(latencies)?.observerEffect;
  if (!effect || effect <= COSTLY_RECORDING) return [];
  return [
    warning(
      'observer-effect',
      `Iterations under the trace took ${percent(effect - 1)} longer than those without: causes are of slower iterations than the latency that is quoted.${samplerCost(get)}`,
    ),
  ];
}

const SAMPLER = 'v8:ProfEvntProc';

/** V8 samples each JavaScript thread from a separate thread, and these threads need cores too. */
function samplerCost(get: Get): string {
  const samplers = get.maybe(threads)?.filter(({ thread }) => thread.startsWith(SAMPLER)) ?? [];
  const ranMs = samplers.reduce((sum, thread) => sum + thread.ranMs, 0);
  return ranMs > 0 ? ` V8’s own sampling threads were on a core for ${ranMs.toFixed(1)} ms of each.` : '';
}

function costUnknown(get: Get): Note[] {
  const isFound = (get.maybe(foundWindows)?.windows.length ?? 0) > 0;
  if (!get.input.page || !isFound || (get.maybe(latencies)?.observerEffect ?? null) !== null) return [];
  return [
    lack(
      'page-observer-effect',
      'What recording costs this page is not known: that takes a page that measures its own inferences, and has been doing so before it is attached to with --mark.',
    ),
  ];
}
