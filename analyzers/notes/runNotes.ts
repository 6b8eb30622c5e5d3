import type { Baseline, Manifest } from '../../src/bundle/manifest.js';
import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import type { GpuUse } from '../gpu/gpuUse.js';
import { fewerThreads } from '../instructions/instructionSet.js';
import type { Note } from '../note.js';
import { isBusy } from '../source/source.js';
import { gpuNotes } from './gpuNotes.js';

/** What ran otherwise than was asked for, in the browser or natively, and what of it was not recorded. */
export function runNotes(manifest: Manifest, baseline: Baseline | null, gpu: GpuUse | null): Note[] {
  const list: Note[] = [];
  const add = (level: Note['level'], id: string, text: string): number => list.push({ id, level, text });
  const { framework, machine } = manifest;
  const { threadsAsked } = manifest.workload;
  const fewer = fewerThreads(manifest, baseline);
  if (fewer) add('warning', 'fewer-threads', fewer);
  list.push(...gpuNotes(manifest, gpu));
  if (framework && !framework.crossOriginIsolated) {
    add(
      'info',
      'coarse-timers',
      'The page is not cross-origin isolated, so its clock goes in steps of 0.1 ms; latencies are known no better than that.',
    );
  }
  if (baseline?.library === 'onnxruntime' && manifest.workload.framework === 'tfjs') {
    add(
      'info',
      'twin-baseline',
      'The native run is the same network as ONNX in ONNX Runtime, so the gap holds the difference between the two libraries too.',
    );
  }
  if (manifest.collectors.tfjsNode?.outcome === 'done') {
    add(
      'info',
      'tfjs-node-threads',
      'tfjs-node was given its threads by TF_NUM_INTRAOP_THREADS and OMP_NUM_THREADS, since it has no setting for them. TensorFlow need not keep to that, and does not tell how many it took.',
    );
  }
  if (baseline?.cpuOperators) {
    add(
      'info',
      'native-cpu-operators',
      'Some operators of the native run have no WebGPU kernel in ONNX Runtime and ran on its CPU provider.',
    );
  }
  if (framework?.note) add('info', 'framework', framework.note);
  if (threadsAsked > machine.cores) {
    add(
      'warning',
      'oversubscribed',
      `${threadsAsked} threads on ${machine.cores} core${machine.cores === 1 ? '' : 's'}: threads wait for a core, which shows as contention.`,
    );
  }
  if (isBusy(machine)) {
    add(
      'warning',
      'busy-machine',
      `Other programs had ${machine.busyCores!.toFixed(1)} of the machine’s ${machine.cores} cores right before the run began: times are longer than on a quiet machine and may not repeat.`,
    );
  }
  const processes = manifest.timingPass.setups.length;
  // With a ladder its top is what is quoted, and says itself when it had too few.
  if (processes > 0 && !enoughReplicates(processes) && !manifest.ladder) {
    add(
      'warning',
      'few-processes',
      `Predictions were timed in ${processes} of the 3 fresh processes that intervals need: these know nothing of how one process differs from the next and are too narrow.`,
    );
  }
  for (const [id, { outcome, detail }] of Object.entries(manifest.collectors)) {
    if (outcome !== 'done') add('lack', `collector-${id}`, detail);
  }
  if (manifest.status === 'complete' && !baseline)
    add('lack', 'no-baseline', 'No native baseline was recorded, so there is no gap.');
  return list;
}
