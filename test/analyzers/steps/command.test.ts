import { describe, expect, test } from 'vitest';
import { pageCommand, runCommand } from '../../../analyzers/steps/command.js';
import { buildAnalysis } from '../../report/buildAnalysis.js';
import { buildPage } from '../../report/buildPage.js';

const run = { ...buildAnalysis().run!, model: 'ppocr-det', modelArgument: 'ppocr-det' };

describe('a command', () => {
  test('repeats a run with one thing changed, and names all that is not a default', () => {
    expect(runCommand(run, { threads: 2 })).toBe('trace collect --model ppocr-det --input x=1x3x320x320 --threads 2');
    expect(runCommand({ ...run, framework: 'tfjs', on: 'main', simd: false, isolated: false, seed: 7 }, {})).toBe(
      'trace collect --model ppocr-det --input x=1x3x320x320 --framework tfjs --threads 1 --on main --simd off --isolation off --seed 7',
    );
    expect(runCommand(run, { backend: 'webgpu', more: '--ladder' })).toBe(
      'trace collect --model ppocr-det --input x=1x3x320x320 --backend webgpu --ladder',
    );
  });

  test('names a model as its user did, and an older bundle’s by its name', () => {
    expect(runCommand({ ...run, modelArgument: 'my models/a.onnx' })).toContain("--model 'my models/a.onnx'");
    expect(runCommand({ ...run, modelArgument: null })).toContain('--model ppocr-det ');
  });

  test('quotes what a shell would read, and is none where a name cannot be written in one', () => {
    expect(runCommand({ ...run, modelArgument: '$(id)' })).toContain("--model '$(id)'");
    expect(runCommand({ ...run, modelArgument: '--out' })).toBeNull();
    expect(runCommand({ ...run, inputs: [{ name: 'a\u001b[2J', type: 'float32', shape: [1] }] })).toBeNull();
  });

  test('watches a page again, by its address', () => {
    expect(pageCommand(buildPage(), '--duration 60s')).toBe('trace collect http://127.0.0.1/app --duration 60s');
    expect(pageCommand(buildPage({ opened: 'attached' }))).toBe('trace collect --attach --tab http://127.0.0.1/app --reload');
    expect(pageCommand(buildPage({ url: 'file:///etc/passwd' }))).toBeNull();
    expect(pageCommand(buildPage({ url: 'http://127.0.0.1/;rm -rf' }))).toContain("'http://127.0.0.1/;rm -rf'");
  });
});
