import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { renderStudyTerminal } from '../../../src/report/study/renderStudyTerminal.js';
import { buildFailedStudyAnalysis, buildStudyAnalysis } from './buildStudyAnalysis.js';
import { buildHostileStudyAnalysis } from './hostileStudy.js';

const plain = (analysis = buildStudyAnalysis(), width = 100) => renderStudyTerminal(analysis, { width, color: false });

describe('a study in the terminal', () => {
  test('begins with how many times slower than native each model is, and what could not run', () => {
    const lines = plain().split('\n');
    expect(lines[0]).toBe('small');
    expect(lines[1]).toBe('19 cells, 54 of 57 runs done, 1 failed, 2 missing');
    expect(lines[4]).toBe('Prediction in the browser over native');
    expect(lines.slice(0, 25).join('\n')).toMatch(/alpha +4\.01× +5\.87× +7\.24×/);
    expect(lines.slice(0, 25).join('\n')).toMatch(/geometric mean +4\.67× +6\.00× +7\.03×/);
    expect(lines.slice(0, 25).join('\n')).toMatch(/delta +ORT WebGL +cannot run +ORT’s WebGL backend lacks HardSigmoid\./);
  });

  test('marks what computed something else than native in every table that holds it', () => {
    const text = plain();
    for (const title of ['Latency', 'Threads and SIMD on Wasm', 'Where the time goes', 'Memory', 'Operators']) {
      const table = text.slice(text.indexOf(`\n${title}`)).split('\n\n')[0]!;
      expect(table, title).toContain('! alpha');
    }
  });

  test.each([40, 72, 100, 400])('fits %s columns, at most 120', (width) => {
    for (const analysis of [buildStudyAnalysis(), buildHostileStudyAnalysis(), buildFailedStudyAnalysis()]) {
      const widest = Math.max(
        ...plain(analysis, width)
          .split('\n')
          .map((line) => stringWidth(line)),
      );
      expect(widest).toBeLessThanOrEqual(Math.min(width, 120));
    }
  });

  test('lets no escape sequence or control character of a name through', () => {
    expect(plain(buildHostileStudyAnalysis())).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });

  test('says of a study that only failed what failed', () => {
    const text = plain(buildFailedStudyAnalysis());
    expect(text).toContain('No run has succeeded yet');
    expect(text).toContain('There is no browser.');
  });
});
