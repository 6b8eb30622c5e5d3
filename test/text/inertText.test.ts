import { describe, expect, test } from 'vitest';
import { inertText } from '../../src/text/inertText.js';
import { payloads } from '../report/hostile.js';

/** What a terminal or a text renderer acts on instead of showing it. */
const ACTIVE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('text from outside', () => {
  test.each(payloads.map((payload) => [payload.slice(0, 24), payload]))('has nothing active left: %j', (_, payload) => {
    expect(inertText(payload)).not.toMatch(ACTIVE);
  });

  test('shows what was there', () => {
    expect(inertText('\u001b[31mred')).toBe('\\x1b[31mred');
    expect(inertText('a\u202eb')).toBe('a\\u202eb');
    expect(inertText('\u{e0041}')).toBe('\\u{e0041}');
    expect(inertText('\ud800')).toBe('\\ud800');
  });

  test('keeps ordinary text of every script as it is', () => {
    for (const text of ['wasm-function[2415]', 'Größe é 模型 モデル नमस्ते', 'שלום عربى', '🧪 test'])
      expect(inertText(text)).toBe(text);
  });

  test('makes white space one space', () => {
    expect(inertText('a\r\n\t b')).toBe('a b');
  });

  test('cuts at the limit, by character', () => {
    expect(inertText('x'.repeat(10_000), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(inertText('🧪'.repeat(20), 5)).toBe('🧪🧪🧪🧪…');
    expect(inertText('x'.repeat(10), 10)).toBe('x'.repeat(10));
  });

  test('cuts piled-up marks', () => {
    expect(inertText(`Z${'\u0301'.repeat(500)}`)).toBe(`Z${'\u0301'.repeat(3)}`);
    expect(inertText(`Z${'\u0301'.repeat(50)}`)).toBe(`Z${'\u0301'.repeat(3)}`);
  });

  test('is the text of what is no string', () => {
    expect(inertText(undefined)).toBe('');
    expect(inertText(null)).toBe('');
    expect(inertText(12)).toBe('12');
  });
});
