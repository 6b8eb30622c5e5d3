import { describe, expect, test } from 'vitest';
import { analyze } from '../../analyzers/index.js';
import { loadInput } from '../../src/loadInput.js';
import { renderMarkdown } from '../../src/report/renderMarkdown.js';
import { views } from '../../src/report/views.js';
import { unpackRecorded } from '../bundle/unpackRecorded.js';
import { buildAnalysis } from './buildAnalysis.js';
import { buildMemoryUse } from './buildMemoryUse.js';
import { buildHostileAnalysis, buildHostileGpuAnalysis } from './hostile.js';

describe('an analysis as Markdown', () => {
  test('of a recorded bundle begins with the answer and has the tables of the report', async () => {
    const analysis = analyze(await loadInput(await unpackRecorded('ppocr-det-worker')));
    const text = renderMarkdown(analysis);
    expect(text).toMatch(/^# PP-OCRv4 text detector\n\nONNX Runtime Web 1\.30\.0, wasm, 1 thread, in a worker, /);
    expect(text).toContain('\n\nA prediction takes 67.8 ms (95 % 59.7–76.9, n = 6), 2.65× native (95 % 2.35–3.00).');
    expect(text).toContain(
      '| Phase | Browser, timing pass | Browser, trace pass | Native | Browser over native |\n| --- | ---: |',
    );
    expect(text).toContain('\n| Prediction | 67.8 ms (59.7–76.9) | 62.1 ms (61.1–87.9) | 25.5 ms (24.2–27.0) | 2.65× |\n');
    expect(text).toContain('\n| Outside of them | 1 | 1 | 0 | 0 | 0 | 100 % | — | — |\n');
    const answered = views.filter((view) => view.blocks(analysis).length > 0).map(({ title }) => title);
    expect(answered).toEqual(expect.arrayContaining(['Latency', 'Frames']));
    const [verdict, ...sections] = answered;
    expect(verdict).toBe('Is it a valid measurement');
    expect(sections[0]).toBe('What to do');
    expect([...text.matchAll(/^## (.*)$/gm)].map((match) => match[1])).toEqual([...sections, 'How sure this is', 'Notes']);
  });

  test('has memory where it was measured', () => {
    const text = renderMarkdown(buildAnalysis({ memory: buildMemoryUse() }));
    expect(text).toContain('## Memory\n\nThe page held 43.0 MB, 10.8× the model’s size, in the phase “Warm-up”');
    expect(text).toMatch(/\n\| Warm-up \| 99\.0 ms \| 90\.0 MB \|.* 40\.0 MB \|/);
  });

  test.each([
    ['a run', buildHostileAnalysis({}, buildAnalysis({ memory: buildMemoryUse() }))],
    ['a GPU run', buildHostileGpuAnalysis()],
  ])('hostile text in %s makes no markup, link or mention, and nothing that acts', (_, analysis) => {
    const text = renderMarkdown(analysis);
    const outside = text.replace(/^ *(`{3,})sh\n.*\n *\1$/gm, '').replace(/\\[!-/:-@[-`{-~]/g, '');
    expect(outside).not.toMatch(/<|[[\]`_~]|:\/\/|www\.|@(?!&#8203;)/);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(text.length).toBeLessThan(100_000);
  });
});
