import type { ThreadUse } from '../contention/threadUse.js';
import type { Note } from '../note.js';
import type { NoteSources } from './noteSources.js';

const MANY_UNATTRIBUTED = 0.1;
const COSTLY_RECORDING = 1.05;

/** What the recording lacks or cost, and what its figures are therefore worth. */
export function recordingNotes({ input, partition, latency, threads }: NoteSources): Note[] {
  const { manifest, page, trace } = input;
  const bundle = manifest ?? page;
  const list: Note[] = [];
  const add = (level: Note['level'], id: string, text: string): number => list.push({ id, level, text });
  if (bundle && bundle.status !== 'complete') {
    const why = bundle.status === 'recording' ? 'the collector was killed, or is still running' : bundle.reason;
    add(
      'warning',
      'incomplete',
      `This bundle is incomplete (${why}). What it holds is analyzed; medians rest on fewer ${page ? 'inferences' : 'iterations'} than planned.`,
    );
  }
  if (manifest?.outputs && !manifest.outputs.match) {
    add(
      'warning',
      'outputs-differ',
      'The browser and the native run computed different outputs from the same inputs, so comparing their times may be meaningless.',
    );
  }
  if (trace?.reading.cut) {
    add(
      'warning',
      'trace-cut',
      `The trace is cut at byte ${trace.reading.cut.atByte} (${trace.reading.cut.reason}). What came before is analyzed.`,
    );
  }
  if (bundle?.trace?.dataLoss) {
    const less = page ? 'Record for a shorter time' : 'Record fewer iterations';
    add('warning', 'data-loss', `Chrome’s trace buffer overflowed, so events are missing. ${less}.`);
  }
  const dropped = bundle?.trace?.dropped;
  if (dropped && dropped.events > 0) {
    add(
      'info',
      'polling-dropped',
      `${dropped.events} events of the GPU process asking whether the device is done were left out of the trace: each took less than 0.1 ms.`,
    );
  }
  if (partition && partition.unattributedShare > MANY_UNATTRIBUTED) {
    add(
      'warning',
      'unattributed',
      `${(partition.unattributedShare * 100).toFixed(0)} % of the windows’ time is unattributed: the shares of the causes are lower bounds.`,
    );
  }
  if (latency?.observerEffect && latency.observerEffect > COSTLY_RECORDING) {
    add(
      'warning',
      'observer-effect',
      `Iterations under the trace took ${((latency.observerEffect - 1) * 100).toFixed(0)} % longer than those without: causes are of slower iterations than the latency that is quoted.${samplerCost(threads)}`,
    );
  }
  return list;
}

/** V8 samples each JavaScript thread by a thread of its own, and these need cores too. */
function samplerCost(threads: readonly ThreadUse[] | null): string {
  const samplers = threads?.filter(({ thread }) => thread.startsWith(SAMPLER)) ?? [];
  const ranMs = samplers.reduce((sum, thread) => sum + thread.ranMs, 0);
  return ranMs > 0 ? ` V8’s own sampling threads were on a core for ${ranMs.toFixed(1)} ms of each.` : '';
}

const SAMPLER = 'v8:ProfEvntProc';
