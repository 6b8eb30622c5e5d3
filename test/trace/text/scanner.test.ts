import { describe, expect, test } from 'vitest';
import { random } from '../../../src/stats/random.js';
import { JsonSyntaxError, moreNeeded } from '../../../src/trace/text/signals.js';
import { scannerOf } from './scannerOf.js';

const numberOf = (text: string) => {
  const scanner = scannerOf(`${text},`);
  const value = scanner.number(0);
  expect(scanner.at).toBe(text.length);
  return value;
};

describe('number', () => {
  test.each([
    '0',
    '-0',
    '7',
    '-12',
    '1188945893',
    '0.5',
    '-0.001',
    '1188945893.123',
    '1e3',
    '1E-7',
    '-2.5e+10',
    '161.8999999999069',
  ])('%s is what JSON.parse makes of it', (text) => expect(numberOf(text)).toBe(JSON.parse(text)));

  test('many digits are rounded as JSON.parse rounds them', () => {
    for (const text of [
      '9007199254740993',
      '123456789012345678901234567890',
      '0.1234567890123456789',
      '4.35',
      '1.7976931348623157e308',
    ]) {
      expect(numberOf(text)).toBe(JSON.parse(text));
    }
  });

  test('random numbers are what JSON.parse makes of them', () => {
    const next = random(11);
    for (let i = 0; i < 20_000; i++) {
      const digits = Math.floor(next() * 12);
      const text = ((next() - 0.5) * 10 ** Math.floor(next() * 16)).toFixed(digits);
      expect(numberOf(text)).toBe(JSON.parse(text));
    }
  });

  test('a number in quotes is a number', () => {
    expect(numberOf('"11550183666"')).toBe(11550183666);
    expect(numberOf('"-1"')).toBe(-1);
    expect(numberOf('"1.5e3"')).toBe(1500);
  });

  test.each(['null', 'true', '""', '"abc"', '{"a":[1,"]"]}', '[1,2]', '-', '1.2.3', '12abc'])('%s is none', (text) => {
    expect(numberOf(text)).toBeNaN();
  });

  test('a number at the end of the bytes may go on', () => {
    expect(() => scannerOf('123').number(0)).toThrow(moreNeeded);
    expect(() => scannerOf('12.').number(0)).toThrow(moreNeeded);
    expect(() => scannerOf('"12').number(0)).toThrow(moreNeeded);
  });
});

describe('nextKey', () => {
  const keysOf = (text: string) => {
    const scanner = scannerOf(text);
    const keys: string[] = [];
    for (let value = scanner.nextKey(1); value >= 0; value = scanner.nextKey(scanner.skipValue(value))) {
      keys.push(new TextDecoder().decode(scanner.bytes.subarray(scanner.keyStart, scanner.keyEnd)));
    }
    return { keys, end: scanner.at };
  };

  test('finds every key and where the object ends', () => {
    expect(keysOf('{"a":1,"Key_2":{"x":[1,"}"]},"":null}, ')).toEqual({ keys: ['a', 'Key_2', ''], end: 37 });
  });

  test('white space may stand anywhere', () => {
    expect(keysOf(' \n{ "a" \t: 1 ,\r\n "b":\n2 }'.trimStart())).toEqual({ keys: ['a', 'b'], end: 23 });
  });

  test('a key may hold escaped quotes and colons', () => {
    expect(keysOf(String.raw`{"a\":\\":1,"b:":2}`).keys).toEqual([String.raw`a\":\\`, 'b:']);
  });

  test.each(['{a:1}', '{"a" 1}', '{"a";1}', '{1:2}', '{]'])('%s is a syntax error', (text) => {
    expect(() => keysOf(text)).toThrow(JsonSyntaxError);
  });

  test('a syntax error says at which byte of the input', () => {
    const scanner = scannerOf('{"a" 1}');
    scanner.base = 1000;
    expect(() => scanner.nextKey(1)).toThrow(
      expect.objectContaining({ atByte: 1005, message: 'expected a colon after the key' }),
    );
  });
});

describe('find', () => {
  test('gives where the value of a key starts, of this object only', () => {
    const scanner = scannerOf('{"a":{"b":1},"b":2} ');
    expect(scanner.number(scanner.find(0, 'b'))).toBe(2);
    expect(scanner.number(scanner.find(scanner.find(0, 'a'), 'b'))).toBe(1);
  });

  test('gives -1 where there is no such key, and no object', () => {
    const scanner = scannerOf('{"ab":[1]} ');
    expect([scanner.find(0, 'a'), scanner.find(scanner.find(0, 'ab'), 'x'), scanner.find(-1, 'x')]).toEqual([-1, -1, -1]);
  });
});

describe('skipValue', () => {
  test.each(['"a\\"b"', '{"a":"}"}', '[[],[{}],"]"]', '12', 'null', '"\\\\"'])('skips %s', (text) => {
    expect(scannerOf(`${text},`).skipValue(0)).toBe(text.length);
  });

  test('every begin of a value needs more bytes', () => {
    const text = String.raw`{"a":"x\"y\\","b":[1.5,{"c":null}]}`;
    for (let length = 0; length < text.length; length++) {
      expect(() => scannerOf(text.slice(0, length)).skipValue(0)).toThrow(moreNeeded);
    }
  });

  test('depth costs no stack', () => {
    const depth = 1_000_000;
    expect(scannerOf('['.repeat(depth) + ']'.repeat(depth)).skipValue(0)).toBe(2 * depth);
  });

  test('a zero byte inside a string is content, not the end', () => {
    expect(scannerOf('"a\0b",').skipValue(0)).toBe(5);
  });
});
