import { describe, expect, test } from 'vitest';
import type { MemoryUse } from '../../analyzers/memory/memory.js';
import { renderReport } from '../../src/report/renderReport.js';
import { renderVerbose } from '../../src/report/terminal/renderVerbose.js';
import { buildAnalysis } from './buildAnalysis.js';
import { buildMemoryUse } from './buildMemoryUse.js';
import { buildHostileAnalysis, payloads } from './hostile.js';

const memory = buildMemoryUse();
const sectionOf = (use: MemoryUse | null): string => {
  const page = renderReport(buildAnalysis({ memory: use }), '');
  const from = page.indexOf('id="memory"');
  if (from < 0) return '';
  return page
    .slice(from, page.indexOf('</section>', from))
    .replace(/<[^>]+>/g, ' ')
    .replace(/[\u00a0\s]+/g, ' ');
};

describe('the section of memory', () => {
  test('tells what was held from what was alive', () => {
    const text = sectionOf(memory);
    expect(text).toContain('The page held 43.0 MB, 10.8× the model’s size, in the phase “Warm-up” (the model: 4.00 MB).');
    expect(text).toContain('alive at the same time took at most 12.0 MB, 3.00× the model’s size, in the phase “Predictions”.');
    expect(text).toContain('the page still held 42.0 MB, tensors 0 B, its process had 70.0 MB');
    expect(text).toContain('334.6× that was published');
  });

  test('says nothing of tensors that nobody told of', () => {
    const text = sectionOf({ ...memory, live: null });
    expect(text).not.toMatch(/ensors that were alive|334/);
    expect(text).toContain('what a run takes from its device. Sizes');
  });

  test('is not there without a memory pass', () => {
    expect(sectionOf(null)).toBe('');
  });
});

test('names that mean harm are shown as text', () => {
  const hostile = buildHostileAnalysis({}, buildAnalysis({ memory }));
  const { title } = hostile.memory!.phases[0]!;
  expect(payloads).toContain(title);
  const page = renderReport(hostile, '');
  const body = page.slice(page.indexOf('id="memory"'));
  expect(body.slice(0, body.indexOf('</section>'))).not.toMatch(/<(?:script|img|svg onload)|[\u202e\u0000\u001b]/);
  expect(renderVerbose(hostile, { width: 100, color: false })).not.toMatch(/[\u202e\u0000\u001b]/);
});

test('the terminal has one line of memory', () => {
  const lines = renderVerbose(buildAnalysis({ memory }), { width: 100, color: false }).split('\n');
  expect(lines.filter((line) => line.startsWith('Memory'))).toEqual([
    'Memory      held 43.0 MB (10.8× the model, Warm-up) · living tensors 12.0 MB (3.00×)',
  ]);
});
