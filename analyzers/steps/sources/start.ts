import { lastPart } from '../../../src/text/lastPart.js';
import {
  formatBytes,
  formatCount,
  formatMs,
  formatName,
  formatPlural,
  formatRatio,
  formatShare,
} from '../../../src/view/format.js';
import type { CacheReasonId } from '../../coldStart/reasons.js';
import { unneededText } from '../../coldStart/view.js';
import { gpu as gpuCauses } from '../../partition/causes/index.js';
import { recurs } from '../../windows/setUps.js';
import { keepSessionCode, warmUpCode } from '../code.js';
import { frameworkOf } from '../framework.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate, measured, notMeasured } from '../step.js';

/** A first inference that takes fewer times as long as a later one is hardly noticed. */
const SLOW_WARMUP = 2;
/** Compiling is told if it takes this share of the first inference, or of what stands before the first result. */
const MIN_COMPILE_SHARE = 0.15;
const MIN_WAITING_SHARE = 0.25;

/** What stands before the first result: creating the session, compiling, the first inference. */
export function startSteps(seen: Seen): Candidate[] {
  return [...warmUpEarly(seen), ...keepSession(seen), ...keepCode(seen), ...plainBundle(seen)];
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

/**
 * A browser keeps code that was compiled from a stream, and compiles anew what a script hands over as bytes. Where it was seen to be kept,
 * there is nothing to advise; where it was seen not to be, the reason says what to do.
 */
function keepCode({ compile, coldStart }: Seen): Candidate[] {
  const visit = coldStart?.laterVisit ?? coldStart?.firstVisit;
  const largest = visit && [...visit.modules].sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0))[0];
  if (coldStart && largest) {
    const isKept = coldStart.laterVisit === null && largest.producedBytes !== null;
    if (largest.codeCache === 'hit' || isKept) return [];
    const { reason, url } = largest;
    const ms = visit.parts.filter(({ id }) => id === 'lazy' || id === 'decode').reduce((sum, part) => sum + part.ms, 0);
    const advice = reason && adviceFor[reason.id];
    if (advice) {
      return [
        candidate({
          id: 'code.cache',
          title: advice.title,
          saves: atMost('setup', ms),
          basis: `${coldStart.laterVisit ? 'A later visit' : 'This visit'} waited ${formatMs(ms)} of ${formatMs(visit.totalMs)} for compiling Wasm; at most that is spared each later visit, and nothing in the first one.`,
          who: 'you',
          code: advice.code,
          evidence: [`${url === null ? 'Its Wasm' : formatName(lastPart(url), 60)}: ${reason.text}`],
        }),
      ];
    }
    // It was looked for, and why it was not kept is nothing that a page can change.
    if (coldStart.laterVisit) return [];
  }
  return keepCodeUnseen(compile);
}

const adviceFor: Readonly<Partial<Record<CacheReasonId, { readonly title: string; readonly code: string }>>> = {
  mime: {
    title: 'Serve the module as application/wasm, so that it is compiled as it arrives and kept compiled',
    code: 'Content-Type: application/wasm',
  },
  bytes: {
    title: 'Let the framework fetch its module by itself, so that the browser keeps it compiled for the next visit',
    code: 'Name where the module lies (ort.env.wasm.wasmPaths, setWasmPaths()) instead of handing its bytes over: what WebAssembly.instantiateStreaming(fetch(url), imports) compiles is kept.',
  },
  'service-worker': {
    title: 'Let the service worker pass the module’s response on instead of making one, so that the browser keeps it compiled',
    code: 'event.respondWith(fetch(event.request)); // or caches.match(event.request): a response that is passed on, not new Response(bytes)',
  },
  'not-http': {
    title: 'Load the module over https, so that the browser keeps it compiled for the next visit',
    code: 'WebAssembly.instantiateStreaming(fetch(url), imports) // of an https address, not of a blob or data URL',
  },
  'not-cacheable': {
    title: 'Let the browser keep the module, so that it keeps it compiled too',
    code: 'Cache-Control: max-age=31536000, immutable // with the version in the file’s name',
  },
};

/** @param compile of a recording that shows nothing of the cache */
function keepCodeUnseen(compile: Seen['compile']): Candidate[] {
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

/** A build for backends that the page does not use. */
function plainBundle({ coldStart }: Seen): Candidate[] {
  return (coldStart?.unneeded ?? []).slice(0, 1).map((bundle) => {
    const { file, bytes, instead, insteadBytes } = bundle;
    const less =
      bytes !== null && insteadBytes !== null ? `: ${formatBytes(bytes - insteadBytes)} less to download and check` : '';
    return candidate({
      id: 'bundle.plain',
      title: `Load ${instead} in place of ${formatName(file, 60)}${less}`,
      saves: notMeasured('setup'),
      basis: unneededText(bundle),
      who: 'you',
      code: "import * as ort from 'onnxruntime-web/wasm'; // the build without WebGPU and WebNN",
    });
  });
}
