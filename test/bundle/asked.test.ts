import { expect, test } from 'vitest';
import { askedOf, askedSchema, askedText } from '../../src/bundle/asked.js';

test('of the options of a command those are kept that say how much to record', () => {
  const given = {
    model: 'a',
    out: 'b',
    iterations: 30,
    passes: 'timing,trace',
    ladder: true,
    qoe: false,
    'qoe-backend': ['webgpu', 'webgl'],
  };
  const asked = askedOf({ ...given, processes: undefined });
  expect(askedText(asked)).toBe('--iterations 30 --passes timing,trace --ladder --qoe-backend webgpu --qoe-backend webgl');
  expect(askedSchema.parse(asked)).toEqual(asked);
  expect(askedText([])).toBe('');
});

test('values are quoted, and what cannot be written in a shell gives no command', () => {
  expect(askedText([{ flag: 'mark', values: ['infer; rm -rf $(id)'] }])).toBe("--mark 'infer; rm -rf $(id)'");
  expect(askedText([{ flag: 'mark', values: ['--out'] }])).toBeNull();
  expect(askedText([{ flag: 'mark', values: ['a\u202eb'] }])).toBeNull();
});

test('a bundle can name no other options', () => {
  expect(askedText([{ flag: 'out', values: ['/etc/passwd'] }])).toBeNull();
  expect(askedText([{ flag: 'mark --out', values: [] }])).toBeNull();
});
