import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '../../analyzers/index.js';
import { analyze } from '../../analyzers/index.js';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { type LaunchedBrowser, launchBrowser } from '../../collectors/browser/launchBrowser.js';
import { recordRun } from '../../collectors/recordRun.js';
import { loadInput } from '../../src/loadInput.js';
import { suiteFolder } from '../collectors/suiteFolder.js';
import { customSection, moduleOf, op, text, vector } from '../wasm/builder.js';
import { runTrace } from './runTrace.js';

/** Local 0 = 16.7 million, for a loop that counts it down. */
const often = [0x41, 0xff, 0xff, 0xff, 0x07, 0x21, 0];
const functions = [
  [...often, ...op.loop(op.float(), op.count())],
  [...often, ...op.loop(op.vectorFloat(), op.vectorFloat(), op.count())],
  [...op.call(0), ...op.call(1)],
];
const stripped = moduleOf({ functions, exports: { run: 2 } });
const names = vector([
  [0, ...text('scale_scalar')],
  [1, ...text('multiply_simd')],
]);
const named = moduleOf({ functions, exports: { run: 2 }, custom: [customSection('name', [1, names.length, ...names])] });

describe.skipIf(!findBrowser())('names of functions, from a module that ran in Chromium (skipped without a browser)', () => {
  const folder = suiteFolder();
  let launched: LaunchedBrowser;
  beforeAll(async () => {
    launched = await launchBrowser();
    await writeFile(join(folder(), 'named.wasm'), named);
  });
  afterAll(() => launched.browser.close());

  /** A trace of a page that runs the module three times, each a measure. */
  async function traceOf(module: Uint8Array, name: string): Promise<string> {
    const path = join(folder(), name);
    const context = await launched.browser.newContext();
    const page = await context.newPage();
    const recording = await recordRun(await context.newCDPSession(page), false, 2000);
    await page.evaluate(
      async (source) => {
        const { instance } = await WebAssembly.instantiate(new Uint8Array(source));
        for (let i = 0; i < 3; i++) {
          const start = performance.now();
          (instance.exports.run as () => void)();
          performance.measure('infer', { start, end: performance.now() });
        }
      },
      [...module],
    );
    await recording.stop(path, []);
    await context.close();
    return path;
  }

  const namesIn = ({ wasm }: Analysis): string[] => wasm!.functions.slice(0, 2).map(({ name }) => name);

  test('stand in the table, the evidence and the report where the module has them', async () => {
    const trace = await traceOf(named, 'named.json.gz');
    const input = await loadInput(trace, { mark: 'infer' });
    const analysis = analyze({ ...input, modules: [{ url: '', sha256: 'a'.repeat(64), bytes: named }] });
    expect(namesIn(analysis).sort()).toEqual(['multiply_simd', 'scale_scalar']);
    const { functions, modules } = analysis.wasm!;
    expect(functions.find(({ name }) => name === 'scale_scalar')).toMatchObject({ cause: 'isa.scalar', index: 0 });
    expect(functions.find(({ name }) => name === 'multiply_simd')).toMatchObject({ cause: 'isa.simd128', index: 1 });
    expect(modules[0]!.features).toContain('simd128');
    expect(analysis.partition!.causes.find(({ id }) => id === 'isa.scalar')!.evidence).toContain('scale_scalar');
    expect(analysis.instructionSet!.simd128.why).toContain('multiply_simd');

    const out = join(folder(), 'named.html');
    expect((await runTrace(['analyze', trace, '--mark', 'infer', '--verbose', '--out', out])).stdout).toContain('scale_scalar');
    expect(await readFile(out, 'utf8')).toContain('<code>multiply_simd</code>');
  });

  test('come from the unstripped module where the one that ran has none', async () => {
    const trace = await traceOf(stripped, 'stripped.json.gz');
    const analyzed = async (...more: string[]): Promise<Analysis> =>
      JSON.parse((await runTrace(['analyze', trace, '--mark', 'infer', '--json', ...more])).stdout);
    expect(namesIn(await analyzed()).sort()).toEqual(['wasm-function[0]', 'wasm-function[1]']);
    expect(namesIn(await analyzed('--symbols', join(folder(), 'named.wasm'))).sort()).toEqual(['multiply_simd', 'scale_scalar']);
  });
});
