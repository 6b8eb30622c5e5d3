import { beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { type Ended, runTrace } from './runTrace.js';

describe.skipIf(!findBrowser())('doctor (skipped without a browser: trace doctor --fix)', () => {
  let ended: Ended;
  beforeAll(async () => {
    ended = await runTrace(['doctor', '--json']);
  });

  test('says of each ability whether this machine has it, and what of it', () => {
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const findings = JSON.parse(ended.stdout) as { id: string; ok: boolean; text: string }[];
    expect(findings.map(({ id }) => id)).toEqual([
      'browser',
      'sandbox',
      'framework-ort',
      'framework-tfjs',
      'baseline',
      'native-webgpu',
      'tfjs-node',
      'cpu-features',
      'quiet',
      'gpu',
    ]);
    const of = (wanted: string) => findings.find(({ id }) => id === wanted)!;
    expect(of('browser')).toEqual({
      id: 'browser',
      ok: true,
      text: `Browser: ${findBrowser()!.executable}, from ${findBrowser()!.origin}`,
    });
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

  test('does not look elsewhere than where it is told to', async () => {
    expect(await runTrace(['doctor'], { env: { INFERSCOPE_CHROME: '/nowhere' } })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^trace: INFERSCOPE_CHROME names \/nowhere, .*\n$/),
    });
  });
});
