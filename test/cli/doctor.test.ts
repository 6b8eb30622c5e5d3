import { beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { type Ended, runTrace } from './runTrace.js';

describe.skipIf(!findBrowser())('doctor (skipped without a browser: trace doctor --fix)', () => {
  let ended: Ended;
  beforeAll(async () => {
    ended = await runTrace(['doctor', '--json']);
  });

  test('says of each ability whether this machine has it, and what of it', () => {
    expect(ended.code).toBe(0);
    const findings = JSON.parse(ended.stdout) as { id: string; needed: boolean; ok: boolean; text: string }[];
    expect(findings.map(({ id }) => id)).toEqual([
      'quiet',
      'cpu-features',
      'browser',
      'sandbox',
      'gpu',
      'framework-ort',
      'framework-tfjs',
      'framework-litert',
      'baseline',
      'native-webgpu',
      'tfjs-node',
    ]);
    expect(findings.filter(({ needed }) => needed).map(({ id }) => id)).toEqual(['browser']);
    const of = (wanted: string) => findings.find(({ id }) => id === wanted)!;
    expect(of('browser').text).toMatch(/^Browser: (Headless)?Chrom\w+ \d+\./);
    expect(of('browser').text).toContain(`${findBrowser()!.executable}, from ${findBrowser()!.origin}`);
    expect(of('sandbox').ok).toBe(process.getuid?.() !== 0);
    expect(of('framework-ort')).toMatchObject({
      ok: true,
      text: expect.stringMatching(/: onnxruntime-web \d+\.\d+\.\d+, in .*node_modules$/),
    });
    expect(of('framework-tfjs').text).toMatch(
      /: @tensorflow\/tfjs \d.*, @tensorflow\/tfjs-backend-wasm \d.*, in .*node_modules$/,
    );
    expect(of('baseline').text).toMatch(/^Native baseline: onnxruntime-node \d+\.\d+\.\d+, in .*node_modules$/);
    expect(of('gpu').text).toMatch(/^GPU: .+; WebGL: .+; WebGPU: .+; timer queries: /);
  });

  test('says what it is looking at, and how many there are', () => {
    const lines = ended.stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    for (const [place, line] of lines.entries()) expect(line).toMatch(new RegExp(` \\(${place + 1} of 11\\)$`));
  });

  test('ends with 1 where the browser, without which no model can be run, does not start', async () => {
    const { code, stdout } = await runTrace(['doctor'], { env: { INFERSCOPE_CHROME: process.execPath } });
    expect(stdout).toMatch(/^MISSING +Browser: .*does not start/m);
    expect(stdout.trimEnd()).toMatch(/What is needed is not there\.$/);
    expect(code).toBe(1);
  });

  test('does not look elsewhere than where it is told to', async () => {
    expect(await runTrace(['doctor'], { env: { INFERSCOPE_CHROME: '/nowhere' } })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^trace: INFERSCOPE_CHROME names \/nowhere, .*\n$/),
    });
  });
});
