import { formatCount, formatMs, formatName, formatPlural } from '../../../src/view/format.js';
import { computed, gpuDevice, gpuStoodIdle } from '../../gpu/words.js';
import { runsOnHost } from '../../operators/node.js';
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
  return [...denied(seen), ...idleOrSoftware(seen), ...fallbacks(seen), ...untried(seen)];
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

const NAMED = 4;

/** Operators that the backend has no kernel for: the data goes back and forth for them. */
function fallbacks({ placement, run, kernels }: Seen): Candidate[] {
  const elsewhere = placement?.elsewhere ?? [];
  if (!run || !placement || elsewhere.length === 0) return [];
  const count = elsewhere.reduce((sum, each) => sum + each.count, 0);
  const onHost = (kernels ?? []).filter(runsOnHost);
  const onHostMs = onHost.reduce((sum, { ms }) => sum + ms, 0);
  return [
    candidate({
      id: 'gpu.fallback',
      title: `Replace the ${formatPlural(count, 'operator')} that ${formatName(run.backend)} has no kernel for, or give it one`,
      saves: notMeasured(),
      basis: 'What they and the way there and back cost is not measured.',
      who: 'framework',
      evidence: [
        `Of ${formatCount(count + placement.onBackend)}: ${elsewhere
          .slice(0, NAMED)
          .map(
            ({ operator, provider, count: times }) => `${formatName(operator)} ${formatCount(times)}× on ${formatName(provider)}`,
          )
          .join(', ')}.`,
        ...(onHostMs > 0
          ? [`On the processor they take ${formatMs(onHostMs)} of a profiled prediction, without the way there and back.`]
          : []),
      ],
      command: runCommand(run),
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
