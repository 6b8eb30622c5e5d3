import { formatMs, formatName, formatPlural } from '../../../src/view/format.js';
import { computed, gpuDevice, gpuStoodIdle } from '../../gpu/words.js';
import { deniedRequests } from '../../pageState/gpuRequests.js';
import { requestTitle } from '../../pageState/stateText.js';
import { webGpuCode } from '../code.js';
import { runCommand } from '../command.js';
import { frameworkOf } from '../framework.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate, notMeasured } from '../step.js';

const WHY = 'Open chrome://gpu in this browser: it says why.';

/** What computes: a GPU that was refused, asleep or not there, or that nobody tried. */
export function backendSteps(seen: Seen): Candidate[] {
  return [...denied(seen), ...idleOrSoftware(seen), ...untried(seen)];
}

function denied({ gpuRequests }: Seen): Candidate[] {
  const [first] = deniedRequests(gpuRequests ?? []);
  if (!first) return [];
  return [
    candidate({
      id: 'gpu.denied',
      title: `Find out why the page got no ${requestTitle(first)}, so that it computes on something else`,
      saves: notMeasured(),
      basis: `What the GPU would gain is not measured. ${WHY}`,
      who: 'machine',
      evidence: [
        `It asked ${formatPlural(first.count, 'time')} and never got one.`,
        ...(first.reason === '' ? [] : [`The first error: ${formatName(first.reason, 200)}`]),
      ],
      knob: 'backend',
      rank: 'symptom',
    }),
  ];
}

function idleOrSoftware(seen: Seen): Candidate[] {
  const ran = gpuDevice(seen);
  if (!ran) return [];
  if (gpuStoodIdle(seen)) {
    return [
      candidate({
        id: 'gpu.idle',
        title: `Find out why no work reached the GPU: ${ran.api} was asked for`,
        saves: notMeasured(),
        basis: `What it would gain is not measured. ${WHY}`,
        who: 'framework',
        knob: 'backend',
        rank: 'symptom',
      }),
    ];
  }
  if (!ran.software) return [];
  const known = computed(seen);
  // A prediction under the trace is longer than a timed one, of which no more than all can be saved.
  const timedMs = seen.latency?.prediction?.medianMs ?? Number.POSITIVE_INFINITY;
  const mostMs = known ? Math.min(known.deviceMs, known.windowMs, timedMs) : null;
  return [
    candidate({
      id: 'gpu.software',
      title: `Run it on a GPU: ${ran.name} computes on the processor`,
      saves: mostMs === null ? notMeasured() : atMost('prediction', mostMs),
      basis: `${known ? `It computes for ${formatMs(known.deviceMs)} of a traced prediction, of which a GPU could save all at most${timedMs === mostMs ? `; without the trace one takes ${formatMs(timedMs)} in all` : ''}.` : 'What a GPU would gain is not measured.'} This machine has none, or Chrome does not use it. ${WHY}`,
      who: 'machine',
      knob: 'backend',
    }),
  ];
}

/** Inferences on the processor, in a browser with a GPU. */
function untried(seen: Seen): Candidate[] {
  const { run, page, partition, gpu, browser } = seen;
  const framework = frameworkOf(seen);
  const isOnCpu = run ? run.backend === 'wasm' : page !== null && partition !== null && gpu === null;
  if (!isOnCpu || browser?.webgpu !== 'hardware' || framework === null) return [];
  return [
    candidate({
      id: 'backend.webgpu',
      title: 'Try the WebGPU backend: this browser has a GPU',
      saves: notMeasured(),
      basis: 'Not measured: models of few or small operators gain nothing by it.',
      who: 'you',
      command: run ? runCommand(run, { backend: 'webgpu' }) : null,
      code: webGpuCode(framework),
      knob: 'backend',
    }),
  ];
}
