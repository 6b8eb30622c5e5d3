import { expect, test } from 'vitest';
import { random } from '../../../src/stats/random.js';
import { resolveEscapes } from '../../../src/trace/text/resolveEscapes.js';

function resolved(content: string): string {
  const bytes = new TextEncoder().encode(content);
  const target = new Uint8Array(bytes.length);
  return new TextDecoder().decode(target.subarray(0, resolveEscapes(bytes, 0, bytes.length, target)));
}

test('every escape of JSON means what JSON.parse says', () => {
  const content = String.raw`\" \\ \/ \b \f \n \r \t A é ☃ \ud83d\ude00 é`;
  expect(resolved(content)).toBe(JSON.parse(`"${content}"`));
});

test('random strings come back', () => {
  const next = random(5);
  for (let i = 0; i < 3000; i++) {
    const text = Array.from({ length: 8 }, () => String.fromCodePoint(Math.floor(next() ** 4 * 0xd7ff))).join('');
    const escaped = Array.from({ length: text.length }, (_, k) => `\\u${text.charCodeAt(k).toString(16).padStart(4, '0')}`).join(
      '',
    );
    expect(resolved(escaped)).toBe(text);
    expect(resolved(JSON.stringify(text).slice(1, -1))).toBe(text);
  }
});

test('lone surrogates become U+FFFD', () => {
  expect(resolved(String.raw`\ud83d`)).toBe('\ufffd');
  expect(resolved(String.raw`\ude00x`)).toBe('\ufffdx');
  expect(resolved(String.raw`\ud83dA`)).toBe('\ufffdA');
  expect(resolved(String.raw`\ud83d\ud83d\ude00`)).toBe('\ufffd😀');
});

test('a broken escape stands for itself', () => {
  expect(resolved(String.raw`\q \u12 \uzzzz`)).toBe('q u12 uzzzz');
});
