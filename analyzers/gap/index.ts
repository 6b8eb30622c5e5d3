import type { Baseline, Manifest } from '../../src/bundle/manifest.js';
import { unknown } from '../../src/fact.js';
import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import { plural } from '../../src/view/format.js';
import { fact, type Get, page } from '../input.js';
import { latencies } from '../latency/index.js';
import { info, lack, type Note, question, warning } from '../question.js';
import { runGap } from './gap.js';
import { gapChain } from './ladder.js';
import { pageGap } from './pageGap.js';
import { view } from './view.js';

/** How the browser compares with native, and what the difference consists of. */
export const gap = question({
  facts: {
    gap: fact('gap', (get) => {
      const { manifest, baseline } = get.input;
      if (manifest) {
        if (!baseline && manifest.status === 'complete')
          unknown('no-baseline', 'No native baseline was recorded, so there is no gap.');
        return runGap(manifest, baseline);
      }
      const watched = get(page);
      if (!watched.baseline && watched.collectors.baseline === undefined)
        unknown(
          'no-baseline',
          'The model of a page is not known, so there is no native baseline and no gap. Name it with --baseline model.onnx.',
        );
      return pageGap(watched, baseline, get.maybe(latencies));
    }),
  },
  notes: ({ input }) => [...(input.manifest?.ladder ? ladderNotes(input.manifest.ladder) : []), ...baselineNotes(input)],
  view,
});

/** How comparable the native run is. */
function baselineNotes({ manifest, page, baseline }: Get['input']): Note[] {
  const list: Note[] = [];
  const ladder = manifest?.ladder;
  const ends = ladder && ladder.replicates.length > 0 ? gapChain(ladder).chain : [];
  const [native, used] = [ends[0], ends.at(-1)];
  if (native && used && native.runtime === 'native' && native.threads !== used.threads) {
    list.push(
      info(
        'native-threads',
        `The native run of the ladder has ${plural(native.threads, 'thread')}, as the page would have if it were cross-origin isolated; it has ${used.threads}, and effect.isolation is that part of the gap.`,
      ),
    );
  }
  if (manifest && baseline?.library === 'onnxruntime' && manifest.workload.framework === 'tfjs') {
    list.push(
      info(
        'twin-baseline',
        'The native run is the same network as ONNX in ONNX Runtime, so the gap holds the difference between the two libraries too.',
      ),
    );
  }
  const versions = otherVersions(manifest, baseline);
  if (versions) {
    list.push(
      info(
        'native-version',
        `The page ran ONNX Runtime ${versions.page} and the native run ${versions.native}, so the gap holds what changed between them too. Install onnxruntime-node ${versions.page} to compare the same code.`,
      ),
    );
  }
  if (manifest?.collectors.tfjsNode?.outcome === 'done') {
    list.push(
      info(
        'tfjs-node-threads',
        'tfjs-node was given its threads by TF_NUM_INTRAOP_THREADS and OMP_NUM_THREADS, since it has no setting for them. TensorFlow need not keep to that, and does not tell how many it took.',
      ),
    );
  }
  if (manifest && baseline?.cpuOperators) {
    list.push(
      info(
        'native-cpu-operators',
        'Some operators of the native run have no WebGPU kernel in ONNX Runtime and ran on its CPU provider.',
      ),
    );
  }
  if (page?.baseline) {
    const { model, seed } = page.baseline;
    list.push(
      info(
        'page-baseline',
        `The native run is of ${model}, with inputs drawn by seed ${seed}, after the recording: that the page runs this model is its author’s word, and what the page does around it is in its inferences and not in the native run.`,
      ),
    );
  }
  return list;
}

/** Where page and native run have ONNX Runtime of two versions, as packages of a project may. A patch changes no kernels. */
function otherVersions(manifest: Manifest | null, baseline: Baseline | null): { page: string; native: string } | null {
  if (manifest?.workload.framework !== 'ort' || baseline?.library !== 'onnxruntime') return null;
  const page = VERSION.exec(manifest.framework?.version ?? '');
  const native = VERSION.exec(baseline.runtime);
  return page && native && page[1] !== native[1] ? { page: page[0], native: native[0] } : null;
}

const VERSION = /(\d+\.\d+)\.\d+/;

/** Parts of a ladder that there was no time for, or that could not run. */
function ladderNotes(ladder: NonNullable<Manifest['ladder']>): Note[] {
  const list: Note[] = [];
  const count = ladder.replicates.length;
  if (count > 0 && !enoughReplicates(count)) {
    list.push(
      warning(
        'ladder-few-replicates',
        `The ladder had time for ${count} of the 3 replicates that its intervals need: they are too narrow. Give it a larger --budget.`,
      ),
    );
  }
  const ran = (id: string): boolean => ladder.replicates.some(({ rounds }) => rounds[0]!.some(({ rung }) => rung === id));
  const sides = ladder.rungs.filter(({ side }) => side);
  for (const { id, why } of ladder.lacks) list.push(lack('ladder-not-changed', `Not changed: ${id}, as ${why}.`));
  const lost = new Set(ladder.lacks.map(({ id }) => id));
  const late = sides.filter(({ id }) => !lost.has(id) && !ran(id));
  if (count > 0 && late.length > 0) {
    const ids = late.map(({ id }) => id).join(', ');
    const none = !sides.some(({ id }) => ran(id));
    const text = `The ladder’s budget had no time for ${none ? 'any run beside it: ' : ''}${ids}. Give it a larger --budget.`;
    list.push(lack(none ? 'ladder-nothing-beside' : 'ladder-left-out', text));
  }
  // Without SIMD there are no threads: this rung is meant to have fewer.
  const capped = sides.filter(
    ({ simd, threads, threadsTaken }) => simd !== false && threadsTaken !== null && threadsTaken < threads,
  );
  if (capped.length > 0) {
    const asked = capped.map(({ threads, threadsTaken }) => `${threadsTaken} of ${threads}`).join(', ');
    list.push(
      lack(
        'ladder-threads-capped',
        `The page took fewer threads than the ladder gave it (${asked}), so scaling leaves these out.`,
      ),
    );
  }
  return list;
}
