import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { AnalyzerInput } from '../../../analyzers/input.js';
import { commandOver, pageCommand, runCommand } from '../../../analyzers/steps/command.js';
import { buildPageManifest } from '../../bundle/buildPageManifest.js';
import { buildAnalysis } from '../../report/buildAnalysis.js';
import { buildPage } from '../../report/buildPage.js';
import { buildManifest } from '../buildManifest.js';
import { RunBuilder } from '../buildRun.js';

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

  test('records again as it was asked for: a run, and a page from its first line on where it was', () => {
    const asked = [
      { flag: 'iterations', values: ['3'] },
      { flag: 'ladder', values: [] },
    ];
    const commandOf = (parts: Partial<AnalyzerInput>) => analyze(new RunBuilder().input(parts)).command;
    expect(commandOf({ manifest: buildManifest({ asked }) })).toMatch(/^trace collect --model .* --iterations 3 --ladder$/);
    const page = buildPageManifest();
    const attached = {
      ...page,
      page: { ...page.page, opened: 'attached' as const, fromStart: false },
      asked: [{ flag: 'mark', values: ['a b'] }],
    };
    expect(commandOf({ page: attached })).toMatch(/^trace collect --attach --tab \S+ --mark 'a b'$/);
    expect(commandOf({ manifest: buildManifest({ asked: [{ flag: 'out', values: ['/etc'] }] }) })).toBeNull();
    expect(commandOf({})).toBeNull();
  });

  test('over a recording has its name and the mark of its inferences, quoted', () => {
    expect(commandOver('perfetto', 'traces/my run', 'a;b')).toBe("trace perfetto 'traces/my run' --mark 'a;b'");
    expect(commandOver('perfetto', '-x', null)).toBeNull();
  });
});
