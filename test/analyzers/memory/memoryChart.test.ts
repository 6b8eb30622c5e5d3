import { expect, test } from 'vitest';
import { memoryUse } from '../../../analyzers/memory/memory.js';
import { memoryChart } from '../../../analyzers/memory/memoryChart.js';
import { buildMemoryLog } from './buildMemoryLog.js';

const memory = memoryUse(buildMemoryLog(), 4e6)!;

test('a line of many readings is drawn by the highest of neighbours, and to its end', () => {
  const timesMs = Array.from({ length: 5000 }, (_, i) => i / 10);
  const bytes = timesMs.map((_, i) => (i === 1234 ? 9e6 : i === 4999 ? 3e6 : 2e6));
  const { spec, alt } = memoryChart({ ...memory, timesMs, series: [{ id: 'wasm', title: 'Wasm memory', bytes }] });
  const { values } = (spec as unknown as { layer: { data: { values: { at: number; bytes: number }[] } }[] }).layer.at(-1)!.data;
  expect(values.length).toBeLessThanOrEqual(301);
  expect(values).toContainEqual(expect.objectContaining({ at: 0.123, bytes: 9e6 }));
  expect(values.at(-1)).toMatchObject({ at: 0.5, bytes: 3e6 });
  expect(alt).toContain('Wasm memory 9.00 MB');
});
