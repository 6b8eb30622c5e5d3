import { expect, test } from 'vitest';
import { ByteWindow } from '../../../src/trace/text/byteWindow.js';
import { Scanner } from '../../../src/trace/text/scanner.js';
import { Skipper } from '../../../src/trace/text/skipper.js';

/** How many bytes of the text are skipped as its first value, given in pieces. */
function skipped(text: string, pieceBytes: number): number {
  const scanner = new Scanner();
  const window = new ByteWindow(scanner);
  const skipper = new Skipper();
  const bytes = new TextEncoder().encode(text);
  skipper.start();
  let at = 0;
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    window.append(bytes.subarray(from, from + pieceBytes), at);
    const end = skipper.resume(scanner, 0);
    if (end >= 0) return scanner.base + end;
    at = scanner.at;
  }
  return -1;
}

test.each([String.raw`"a\"\\"`, '{"a":"}","b":[1,{"c":"]"}]}', '[[[]],"\\\\",{}]', '12.5e3', 'null', '""'])(
  '%s ends at the same byte however it is cut',
  (value) => {
    for (const after of [',', '}', ' ', ']']) {
      for (let pieceBytes = 1; pieceBytes <= value.length + 1; pieceBytes++) {
        expect(skipped(value + after, pieceBytes)).toBe(value.length);
      }
    }
  },
);

test('a million levels are counted, not recursed into', () => {
  const depth = 1_000_000;
  expect(skipped(`${'['.repeat(depth)}${']'.repeat(depth)}`, 65536)).toBe(2 * depth);
});
