import { beforeAll, describe, expect, test } from 'vitest';
import { analyzeApart, unlike } from '../../../analyzers/compare/apart.js';
import { compareSentences } from '../../../analyzers/compare/view.js';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import { loadInput } from '../../../src/loadInput.js';
import { compareDocument } from '../../../src/report/document/compareDocument.js';

const LIMIT = { figure: 'prediction', unit: 'ratio', atMost: 0.05 } as const;

describe('two bundles that were recorded apart', () => {
  let recorded: Analysis;
  let other: Analysis;
  beforeAll(async () => {
    recorded = analyze(await loadInput('traces/recorded/ppocr-det-worker'));
    other = analyze(await loadInput('traces/recorded/mobilenet-v2-main'));
  });

  test('are of one thing unless machine, model, inputs or browser differ', () => {
    expect(unlike(recorded, recorded)).toEqual([]);
    expect(unlike(recorded, other)).toEqual(expect.arrayContaining(['the model', 'the inputs']));
  });

  test('are said to be that, and their causes sum to the difference of the windows', () => {
    const analysis = analyzeApart({ toolVersion: '1', a: recorded, b: recorded, limits: [LIMIT] });
    expect(analysis.recorded).toBe('apart');
    expect(analysis.notes[0]).toMatchObject({ id: 'recorded-apart', level: 'warning' });
    expect(compareDocument(analysis).alarms[0]).toContain('Recorded apart');
    const sum = analysis.causes.reduce((total, { differenceMs }) => total + differenceMs, 0);
    expect(sum).toBeCloseTo(analysis.window!.differenceMs, 9);
    expect(analysis.figures[0]).toMatchObject({ id: 'prediction', difference: 0, ratio: 1, rounds: null });
    expect(analysis.gate).not.toBe('failed');
    expect(analysis.explained).toBeNull();
  });

  test('show the prediction over native beside it, so that a slower machine cancels', () => {
    const slower = {
      ...recorded,
      gap: recorded.gap && { ...recorded.gap },
      latency: recorded.latency && {
        ...recorded.latency,
        prediction: { ...recorded.latency.prediction!, medianMs: 2 * recorded.latency.prediction!.medianMs },
      },
    } as Analysis;
    const { figures } = analyzeApart({ toolVersion: '1', a: recorded, b: slower, limits: [] });
    expect(figures.find(({ id }) => id === 'prediction')!.ratio).toBeCloseTo(2, 9);
    expect(figures.find(({ id }) => id === 'overNative')).toMatchObject({ unit: 'ratio', ratio: 1 });
    expect(compareSentences(analyzeApart({ toolVersion: '1', a: recorded, b: slower, limits: [] }))[0]).toContain('→');
  });
});
