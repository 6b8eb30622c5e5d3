import { expect, test } from 'vitest';
import { GrowingRows } from '../../src/table/growingRows.js';
import { anyMemory, MemoryBudget } from '../../src/table/memoryBudget.js';

test('rows keep their values while the columns grow', () => {
  const rows = new GrowingRows({ at: 'f64', code: 'dict', flag: 'u8' } as const, anyMemory);
  for (let i = 0; i < 5000; i++) {
    const row = rows.next();
    rows.columns.at[row] = i / 3;
    rows.columns.code[row] = i;
    rows.columns.flag[row] = i % 2;
  }
  const { at, code, flag } = rows.finish();
  expect([at.length, code.length, flag.length]).toEqual([5000, 5000, 5000]);
  expect(at.every((value, i) => value === i / 3)).toBe(true);
  expect(code.every((value, i) => value === i)).toBe(true);
  expect(flag.every((value, i) => value === i % 2)).toBe(true);
});

test('a new row is all zeros', () => {
  const rows = new GrowingRows({ parent: 'i32' } as const, anyMemory);
  for (let i = 0; i < 600; i++) rows.next();
  expect(rows.finish().parent.every((value) => value === 0)).toBe(true);
});

test('no rows are empty columns', () => {
  expect(new GrowingRows({ at: 'f64' } as const, anyMemory).finish().at).toHaveLength(0);
});

test('tables of one budget grow up to it together, and no further', () => {
  const budget = new MemoryBudget(1_000_000, () => {
    throw new Error('too large');
  });
  const [a, b] = [new GrowingRows({ at: 'f64', flag: 'u8' } as const, budget), new GrowingRows({ at: 'f64' } as const, budget)];
  const fill = () => {
    for (;;) {
      a.next();
      b.next();
    }
  };
  expect(fill).toThrow('too large');
  const bytes = [a, b].flatMap((rows) => Object.values(rows.columns)).reduce((sum, { byteLength }) => sum + byteLength, 0);
  expect(bytes).toBeLessThanOrEqual(1_000_000);
  expect(bytes).toBeGreaterThan(300_000);
});
