import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatChange,
  formatCount,
  formatInterval,
  formatIntervalOf,
  formatMean,
  formatMs,
  formatName,
  formatPlural,
  formatRatio,
  formatScore,
  formatShare,
  formatTiny,
  formatValue,
} from '../../src/view/format.js';

describe('numbers as they are shown', () => {
  test.each([
    [52.13, '52.1 ms'],
    [812.4, '812 ms'],
    [99.97, '100 ms'],
    [4350.2, '4,350 ms'],
    [0.6401, '0.64 ms'],
    [0.0123, '0.012 ms'],
    [0.00001, '0.000 ms'],
    [0, '0 ms'],
    [-0.2, '−0.20 ms'],
    [null, '—'],
    [Number.NaN, '—'],
    [Number.POSITIVE_INFINITY, '—'],
  ])('%s ms', (value, text) => expect(formatMs(value)).toBe(text));

  test.each([
    [0.9713, '97.1 %'],
    [1, '100 %'],
    [0.9999, '> 99.9 %'],
    [0.0034, '0.3 %'],
    [0.0002, '0.02 %'],
    [0.00001, '< 0.01 %'],
    [0, '0 %'],
    [-0.021, '−2.1 %'],
    [null, '—'],
  ])('a share of %s', (value, text) => expect(formatShare(value)).toBe(text));

  test.each([
    [4.098, '4.10×'],
    [36.42, '36.4×'],
    [0.98, '0.98×'],
    [null, '—'],
  ])('a ratio of %s', (value, text) => expect(formatRatio(value)).toBe(text));
  test.each([
    [0.9149, '0.91'],
    [1, '1.00'],
    [0, '0.00'],
    [null, '—'],
  ])('a score of %s', (value, text) => expect(formatScore(value)).toBe(text));

  test.each([
    [311, '311 B'],
    [435_643, '436 kB'],
    [999_600, '1.00 MB'],
    [14_012_331, '14.0 MB'],
    [8_340_000_000, '8.34 GB'],
    [0, '0 B'],
    [null, '—'],
  ])('%s bytes', (value, text) => expect(formatBytes(value)).toBe(text));

  test('an interval has the decimals of the number beside it', () => {
    expect(formatInterval([51.02, 53.44], 52.1)).toBe('51.0–53.4');
    expect(formatInterval([3.92, 4.309], 4.1)).toBe('3.92–4.31');
    expect(formatInterval([798, 1021], 812)).toBe('798–1,021');
  });

  test('an interval of a score or a share is written as the value is', () => {
    expect(formatIntervalOf([0.0004, 0.0573], 0.043, 'score')).toBe('0.00–0.06');
    expect(formatIntervalOf([0.5, 0.761], 0.62, 'share')).toBe('50.0–76.1');
  });

  test('an interval below zero is written with "to"', () => {
    expect(formatInterval([-0.9, 0.5], -0.2)).toBe('−0.90 to 0.50');
  });

  test('an interval that is not there is a dash', () => {
    expect(formatInterval(null, 3)).toBe('—');
    expect(formatInterval([Number.NaN, Number.NaN], 3)).toBe('—');
  });

  test('counts have grouped thousands and their noun its number', () => {
    expect(formatCount(953_378)).toBe('953,378');
    expect(formatPlural(1, 'window')).toBe('1 window');
    expect(formatPlural(17, 'window')).toBe('17 windows');
    expect(formatPlural(3, 'process')).toBe('3 processes');
  });

  test('a mean of counts has a decimal only where it is between two', () => {
    expect([31, 1450, 0.25, null].map(formatMean)).toEqual(['31', '1,450', '0.3', '—']);
  });

  test('a tiny difference is a power of ten', () => {
    expect(formatTiny(3.1e-7)).toBe('3.1e−7');
    expect(formatTiny(0)).toBe('0');
    expect(formatTiny(Number.NaN)).toBe('not a number');
    expect(formatTiny(null)).toBe('—');
  });
});

describe('values and names', () => {
  test('a value is printed as its kind, and one that is not known as such', () => {
    expect(formatValue(52.13, 'ms')).toBe('52.1 ms');
    expect(formatValue(0.9713, 'share')).toBe('97.1 %');
    expect(formatValue(13.9e6, 'bytes')).toBe('13.9 MB');
    expect(formatValue('Conv', 'text')).toBe('Conv');
    expect(formatValue(null, 'count')).toBe('—');
  });

  test('a name is cut between characters, and one that fits is left alone', () => {
    expect(formatName('abcd', 4)).toBe('abcd');
    expect(formatName('abcde', 4)).toBe('abc…');
    expect(formatName('😀😀😀', 2)).toBe('😀…');
    expect(Array.from(formatName('w'.repeat(10_000)))).toHaveLength(40);
  });

  test('a change has its sign', () => {
    expect([formatChange(0.025), formatChange(-0.1), formatChange(0)]).toEqual(['+2.5 %', '−10.0 %', '0 %']);
  });
});
