import { formatCount, formatMs, formatName, formatPlural, formatRatio, formatShare } from '../../../src/view/format.js';
import { gpu as gpuCauses } from '../../partition/causes/index.js';
import { recurs } from '../../windows/setUps.js';
import { keepSessionCode, warmUpCode } from '../code.js';
import { frameworkOf } from '../framework.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate, measured } from '../step.js';

/** A first inference that takes fewer times as long as a later one is hardly noticed. */
const SLOW_WARMUP = 2;
/** Compiling is told if it takes this share of the first inference, or of what stands before the first result. */
const MIN_COMPILE_SHARE = 0.15;
const MIN_WAITING_SHARE = 0.25;

/** What stands before the first result: creating the session, compiling, the first inference. */
export function startSteps(seen: Seen): Candidate[] {
  return [...warmUpEarly(seen), ...keepSession(seen), ...keepCode(seen)];
}

function warmUpEarly(seen: Seen): Candidate[] {
  const { latency, partition, gpu } = seen;
  const { warmupMs, prediction } = latency ?? {};
  if (!warmupMs || !prediction || warmupMs < SLOW_WARMUP * prediction.medianMs) return [];
  const shaders = partition?.warmup?.find(({ id }) => id === gpuCauses.compile.id);
  const compiles = shaders !== undefined && shaders.share >= MIN_COMPILE_SHARE;
  return [
    candidate({
      id: 'warm-up.early',
      title: 'Run one inference before the user waits for it',
      saves: atMost('warm-up', warmupMs - prediction.medianMs),
      basis: `The first inference takes ${formatMs(warmupMs)}, ${formatRatio(warmupMs / prediction.medianMs)} a later one; the second may still take longer than those after it. It is saved once, for whoever waits for the first result.`,
      who: 'you',
      code: [warmUpCode(frameworkOf(seen)), compiles ? shaderCode(gpu) : null].filter((code) => code !== null).join('\n'),
      evidence: compiles
        ? [`Compiling shaders takes ${formatMs(shaders.ms)} of the traced warm-up, ${formatShare(shaders.share)}.`]
        : [],
      knob: 'warm-up',
    }),
  ];
}

/** How shaders are compiled without holding up what follows. */
function shaderCode(gpu: Seen['gpu']): string | null {
  const calls = new Set(gpu?.programs.rows.map(({ call }) => call));
  if (calls.has('compileShader'))
    return 'Start all programs before one is asked for its status (KHR_parallel_shader_compile): they compile side by side.';
  return calls.has('createComputePipeline')
    ? 'createComputePipelineAsync() compiles without holding up the commands behind it.'
    : null;
}

function keepSession(seen: Seen): Candidate[] {
  const { setUps } = seen;
  if (!setUps || !recurs(setUps)) return [];
  const { count, runs, medianMs, exports, by } = setUps;
  return [
    candidate({
      id: 'session.keep',
      title: `Create the session once and keep it: it is created ${formatCount(count)} times for ${formatPlural(runs, 'run')}`,
      saves: measured('setup', medianMs),
      basis: 'The median time of creating one, which every run after the first would be spared.',
      who: 'you',
      code: keepSessionCode(frameworkOf(seen)),
      evidence: [
        `Wasm export ${exports
          .slice(0, 3)
          .map((name) => formatName(name))
          .join(', ')}${by === 'names' ? ', by its name' : ''}.`,
      ],
      knob: 'session',
      rank: 'symptom',
    }),
  ];
}

/** A browser keeps code that was compiled from a stream, and compiles anew what a script hands over as bytes. */
function keepCode({ compile }: Seen): Candidate[] {
  const { setup, warmup } = compile?.phases ?? {};
  const phases = [setup, warmup].filter((phase) => phase !== null && phase !== undefined);
  const waitedMs = phases.reduce((sum, { criticalMs }) => sum + criticalMs, 0);
  const wholeMs = phases.reduce((sum, { windowMs }) => sum + windowMs, 0);
  const isCached = compile?.rows.some(({ tier }) => tier === 'cache') ?? false;
  if (isCached || waitedMs < MIN_WAITING_SHARE * wholeMs || waitedMs <= 0) return [];
  return [
    candidate({
      id: 'code.cache',
      title: 'Let the browser keep the compiled code for the next visit',
      saves: atMost('setup', waitedMs),
      basis: `Setup and warm-up under the trace waited ${formatMs(waitedMs)} of ${formatMs(wholeMs)} for compiling; at most that is spared in a later visit, and nothing in the first one.`,
      who: 'you',
      code: 'Serve the module as application/wasm with a Cache-Control that lets it be kept, and let the framework fetch it: WebAssembly.compileStreaming() is cached, bytes that a script hands over are not.',
    }),
  ];
}
