import type { CallSite, GpuUse } from '../../analyzers/gpu/gpuUse.js';
import type { GpuPhase } from '../../analyzers/gpu/phases.js';
import type { Analysis } from '../../analyzers/index.js';
import type { CauseTime } from '../../analyzers/partition/partition.js';
import { buildAnalysis, withSteps } from './buildAnalysis.js';

/** A GPU run in software, with the numbers of a real one: a chain of 450 tiny operators on ONNX Runtime Web’s WebGPU. */
export function buildGpuAnalysis(overrides: Partial<Analysis> = {}): Analysis {
  const whole = buildAnalysis();
  const onGpu: Analysis = {
    ...whole,
    run: {
      ...whole.run!,
      id: 'tiny-operators-ort-webgpu',
      model: 'tiny-operators',
      modelTitle: 'Chain of 450 tiny operators',
      backend: 'webgpu',
    },
    partition: {
      ...whole.partition!,
      causes: [
        cause('gpu.execute', 'GPU computing', 21.4, 0.401),
        cause('gpu.encode', 'Encoding for the GPU', 12.8, 0.24),
        cause('gpu.ipc', 'On the way to the GPU process', 8.01, 0.15),
        cause('gpu.validate', 'Validating GPU commands', 4.27, 0.08),
        cause('runtime.glue', 'JavaScript glue', 3.2, 0.06),
        cause('gpu.transfer', 'Uploads and read-back', 2.14, 0.04),
        cause('gpu.sync', 'GPU round trips', 1.07, 0.02),
        cause('unattributed', 'Unattributed', 0.48, 0.009),
      ],
      unattributedShare: 0.009,
      warmup: [
        cause('gpu.compile', 'Compiling shaders', 240, 0.6),
        cause('gpu.execute', 'GPU computing', 80, 0.2),
        cause('gpu.transfer', 'Uploads and read-back', 40, 0.1),
        cause('unattributed', 'Unattributed', 40, 0.1),
      ],
    },
    gpu: buildGpuUse(),
    ...overrides,
  };
  return { ...withSteps(onGpu), ...overrides };
}

export function buildGpuUse(overrides: Partial<GpuUse> = {}): GpuUse {
  const run = site('run', 'https://shop.example/ort.min.mjs?v=3', 84, 109);
  return {
    devices: [
      {
        api: 'webgpu',
        vendor: 'google',
        architecture: 'swiftshader',
        description: 'SwiftShader Device (Subzero)',
        software: true,
        timing: 'timestamps',
      },
    ],
    phases: {
      setup: phase({ submissions: 300, uploads: 300, uploadBytes: 1_228_800, uploadMs: 2.9 }),
      warmup: phase({
        submissions: 30,
        dispatches: 450,
        programs: 6,
        programMs: 2.5,
        processMs: 140,
        compileMs: 92.1,
        readbacks: 1,
        readbackBytes: 4096,
        readbackMs: 115,
      }),
      predictions: phase({
        submissions: 30,
        dispatches: 450,
        uploads: 451,
        uploadBytes: 20_896,
        uploadMs: 2.48,
        readbacks: 1,
        readbackBytes: 4096,
        readbackMs: 10.4,
        passes: 31,
        deviceMs: 34.8,
        processMs: 14.2,
        commandBytes: 96_400,
      }),
    },
    programs: {
      count: 7,
      repeated: 1,
      inPredictions: 0,
      rows: [
        {
          call: 'createComputePipelineAsync',
          label: 'MatMul',
          characters: null,
          count: 1,
          setup: 0,
          warmup: 1,
          predictions: 0,
          ms: 76,
          site: run,
        },
        {
          call: 'createShaderModule',
          label: null,
          characters: 2310,
          count: 2,
          setup: 0,
          warmup: 2,
          predictions: 0,
          ms: 1.2,
          site: null,
        },
      ],
      rowsLeftOut: 4,
    },
    warmupsMs: [412, 301, 322],
    calls: [
      {
        call: 'mapAsync(READ)',
        kind: 'readback',
        site: run,
        count: 9,
        perPrediction: { count: 1, ms: 10.4, bytes: 4096 },
        warmup: { count: 1, ms: 114.6, bytes: 4096 },
        longestMs: 115,
      },
      {
        call: 'queue.writeBuffer',
        kind: 'upload',
        site: null,
        count: 4050,
        perPrediction: { count: 450, ms: 2.48, bytes: 16_800 },
        warmup: { count: 450, ms: 1.1, bytes: 16_800 },
        longestMs: 2.7,
      },
    ],
    callsLeftOut: 0,
    memory: { peakBytes: 1_245_808, heldBytes: 1_241_712 },
    clock: { errorMs: 0.51 },
    losses: [],
    errors: ['Binding size is zero.'],
    dropped: 0,
    ...overrides,
  };
}

/** A phase in which nothing was asked, but for what is named. */
export function phase(known: Partial<GpuPhase>): GpuPhase {
  return {
    submissions: 0,
    dispatches: 0,
    programs: 0,
    programMs: 0,
    uploads: 0,
    uploadBytes: 0,
    uploadMs: 0,
    readbacks: 0,
    readbackBytes: 0,
    readbackMs: 0,
    roundTrips: 0,
    roundTripMs: 0,
    passes: 0,
    deviceMs: 0,
    processMs: 0,
    compileMs: 0,
    commandBytes: 0,
    ...known,
  };
}

function site(name: string, script: string, line: number, column: number): CallSite {
  return {
    function: name,
    script,
    line,
    column,
    stack: [`${name} (${script}:${line}:${column})`, `${script}:wasm-function[297]:0x3912f`],
  };
}

function cause(id: string, title: string, ms: number, share: number): CauseTime {
  return {
    id,
    title,
    meaning: `Time of ${title}.`,
    ms,
    ci95Ms: [ms * 0.97, ms * 1.04],
    share,
    evidence: 'slices of the trace',
  };
}
