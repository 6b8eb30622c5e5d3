import { describe, expect, test } from 'vitest';
import type { GpuCallRow, GpuDevice } from '../../analyzers/gpu/gpuUse.js';
import type { Analysis } from '../../analyzers/index.js';
import { answer } from '../../src/report/answer.js';
import { renderReport } from '../../src/report/renderReport.js';
import { subjectDetails } from '../../src/report/subject.js';
import { renderTerminal } from '../../src/report/terminal/renderTerminal.js';
import { renderTerminalComparison } from '../../src/report/terminal/renderTerminalComparison.js';
import { renderVerbose } from '../../src/report/terminal/renderVerbose.js';
import { buildAnalysis } from './buildAnalysis.js';
import { buildGpuAnalysis, buildGpuUse, phase } from './buildGpuAnalysis.js';

const device = (known: Partial<GpuDevice>): GpuDevice => ({ ...buildGpuUse().devices[0]!, ...known });
const textOf = (analysis: Analysis): string =>
  renderReport(analysis, '')
    .replace(/^.*<main>|<\/main>.*$/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replace(/\s+/g, ' ');

describe('the answer of a GPU run', () => {
  test('says which device ran, how much it computed, how much was abstraction, and which line waited', () => {
    expect(answer(buildGpuAnalysis()).sentences.slice(1)).toEqual([
      expect.stringMatching(
        /^On SwiftShader \(WebGPU\), software rendering without a GPU: the device computed for 34\.8 ms of a traced prediction’s 53\.\d ms, 6\d\.\d % \(means, by timestamps of 31 passes\)\. The prediction waited for nothing else during 40\.1 % of its time/,
      ),
      '53.0 % of a prediction’s time is GPU abstraction: encoding for the GPU 24.0 %, the way to the GPU process 15.0 %, validating GPU commands 8.0 %, uploads and read-back 4.0 %.',
      'The costliest wait is mapAsync(READ) at run, ort.min.mjs:84:109: it waits for 10.4 ms of a prediction.',
      '40.1 % of a prediction’s time goes to GPU computing, 24.0 % to encoding for the GPU, 15.0 % to the way to the GPU process.',
    ]);
  });

  test('says nothing of a GPU where none was asked for', () => {
    expect(answer(buildAnalysis()).sentences.join(' ')).not.toMatch(/GPU|SwiftShader/);
    expect(subjectDetails(buildAnalysis())).not.toContain('SwiftShader');
    expect(renderReport(buildAnalysis(), '')).not.toContain('Round trip');
  });

  test('names hardware as such, and blocking as such', () => {
    const call: GpuCallRow = { ...buildGpuUse().calls[0]!, call: 'readPixels', perPrediction: { count: 3, ms: 9, bytes: 4 } };
    const hardware = device({
      api: 'webgl',
      description: 'ANGLE (NVIDIA Corporation, NVIDIA H100/PCIe/SSE2, OpenGL 4.5.0)',
      software: false,
    });
    const { sentences } = answer(buildGpuAnalysis({ gpu: buildGpuUse({ devices: [hardware], calls: [call] }) }));
    expect(sentences[1]).toMatch(/^On NVIDIA H100\/PCIe\/SSE2 \(WebGL\): the device computed/);
    expect(sentences[3]).toContain('it blocks its thread for 9.00 ms of a prediction in 3 calls.');
  });

  test('does not make up how long a device computed that told no times, nor a share of passes that overlap', () => {
    const predictions = { ...buildGpuUse().phases.predictions!, passes: 0, deviceMs: 0 };
    const phases = { ...buildGpuUse().phases, predictions };
    expect(answer(buildGpuAnalysis({ gpu: buildGpuUse({ phases }) })).sentences[1]).toContain(
      'is not known, since the device told no times',
    );
    expect(answer(buildGpuAnalysis({ gpu: null })).sentences[1]).toContain('is not known, since no log of its calls was kept');
    const long = { ...phases, predictions: { ...predictions, passes: 31, deviceMs: 80 } };
    expect(answer(buildGpuAnalysis({ gpu: buildGpuUse({ phases: long }) })).sentences[1]).toMatch(
      /sum to 80\.0 ms .*overlap, or reach beyond/,
    );
  });

  test('has no share of abstraction where the partition knows no cause of the GPU', () => {
    const { partition } = buildAnalysis();
    expect(answer(buildGpuAnalysis({ partition })).sentences.join(' ')).not.toContain('abstraction');
  });

  test('says nothing of what a device computed that got no work', () => {
    const phases = { ...buildGpuUse().phases, predictions: phase({}) };
    const idle = buildGpuAnalysis({ gpu: buildGpuUse({ phases, calls: [] }) });
    expect(answer(idle).sentences.join(' ')).not.toContain('computed');
    expect(renderTerminal(idle, { width: 80, color: false })).toContain('! Not a valid measurement: WebGPU was asked for');
  });
});

describe('the terminal of a GPU run', () => {
  test('says in five lines what the answer says', () => {
    const lines = renderVerbose(buildGpuAnalysis(), { width: null, color: false }).split('\n');
    const from = lines.findIndex((line) => line.startsWith('GPU'));
    expect(lines.slice(from, from + 5)).toEqual([
      'GPU         SwiftShader, software rendering, no GPU, WebGPU',
      expect.stringMatching(
        /^Computed {4}34\.8 ms of a traced prediction \(6\d\.\d %\) · abstraction 53\.0 % \(encoding for the GPU 24/,
      ),
      'Waits at    mapAsync(READ) 10.4 ms, run, ort.min.mjs:84:109',
      'Asked       450 dispatches in 30 submissions · 0 round trips · 1 read-back · 451 uploads 20.9 kB',
      'Warm-up     gpu.compile 240 ms · gpu.execute 80.0 ms · gpu.transfer 40.0 ms',
    ]);
    expect(lines.join('\n')).not.toContain('Wasm functions');
  });

  test('says in its short form how long the device computed, and what to do', () => {
    const text = renderTerminal(buildGpuAnalysis(), { width: null, color: false });
    expect(text).toMatch(/^On SwiftShader \(WebGPU\), software rendering without a GPU: the device computed for 34\.8 ms of/m);
    expect(text).toMatch(/^ {2}1\. /m);
  });

  test('labels software rendering in the first lines, and in a comparison', () => {
    expect(renderTerminal(buildGpuAnalysis(), { width: null, color: false }).split('\n').slice(0, 2).join()).toContain(
      'webgpu on SwiftShader (software rendering)',
    );
    expect(renderTerminalComparison([buildGpuAnalysis(), buildAnalysis()], { width: 80, color: false })).toContain(
      'software rendering',
    );
  });
});

describe('the page of a GPU run', () => {
  const text = textOf(buildGpuAnalysis());

  test('has the device, the work by phase, and the ledgers with places in scripts', () => {
    expect(text).toContain(
      'SwiftShader Device (Subzero) WebGPU google swiftshader ! software rendering, no GPU timestamps of each pass',
    );
    expect(text).toContain(
      'Prediction 450 in 30 submissions 0 451 20.9 kB 2.48 ms 1 4.10 kB 10.4 ms 0 14.2 ms 96.4 kB commands 34.8 ms 31 timed',
    );
    expect(text).toContain(
      'mapAsync(READ) read-back, answered by promise 1 10.4 ms 4.10 kB 1 115 ms 115 ms run, ort.min.mjs:84:109 run (https://shop.example/',
    );
    expect(text).toContain('made 2 times');
    expect(text).toContain('1.25 MB in the page’s buffers at the most');
    expect(text).toContain('Binding size is zero.');
    expect(text).toContain('known on the trace’s clock to 0.51 ms');
  });

  test('explains the warm-up by cause', () => {
    expect(text).toContain(
      'The first inference under the trace takes 400 ms. The GPU’s part in it: Compiling shaders (gpu.compile) 240 ms, 60.0 %; GPU computing (gpu.execute) 80.0 ms, 20.0 %',
    );
  });

  test('tells the warm-up of a new browser from later ones', () => {
    expect(text).toContain('the first page of a new browser took 412 ms for it, later pages of that browser 301 ms to 322 ms.');
    expect(textOf(buildGpuAnalysis({ gpu: buildGpuUse({ warmupsMs: [412] }) }))).not.toContain('new browser');
  });

  test('stands where no log was kept, and where little was told', () => {
    expect(textOf(buildGpuAnalysis({ gpu: null }))).toContain('No log of the page’s GPU calls was kept');
    const bare = buildGpuUse({
      devices: [],
      calls: [],
      memory: null,
      clock: null,
      programs: { count: 0, repeated: 0, inPredictions: 0, rows: [], rowsLeftOut: 0 },
    });
    expect(textOf(buildGpuAnalysis({ gpu: bare }))).not.toMatch(/NaN|undefined|null|\[object/);
  });
});
