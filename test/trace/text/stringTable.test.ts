import { expect, test } from 'vitest';
import { anyMemory } from '../../../src/table/memoryBudget.js';
import { moreNeeded } from '../../../src/trace/text/signals.js';
import { StringTable } from '../../../src/trace/text/stringTable.js';
import { scannerOf } from './scannerOf.js';

test('the empty string has code 0', () => {
  expect(new StringTable(anyMemory).of('')).toBe(0);
});

test('equal strings have equal codes, however they are written', () => {
  const table = new StringTable(anyMemory);
  const codes = [String.raw`"caf\u00e9"`, '"café"', String.raw`"\u0063afé"`].map((text) => table.read(scannerOf(text), 0));
  expect(new Set([...codes, table.of('café')]).size).toBe(1);
  expect(table.strings[codes[0]!]).toBe('café');
});

test('invalid UTF-8 has the code of what it decodes to', () => {
  const table = new StringTable(anyMemory);
  const invalid = table.read(scannerOf(Uint8Array.of(0x22, 0x61, 0xff, 0x22)), 0);
  expect(table.strings[invalid]).toBe('a\ufffd');
  expect(table.of('a\ufffd')).toBe(invalid);
  expect(table.read(scannerOf(Uint8Array.of(0x22, 0x61, 0xfe, 0x22)), 0)).toBe(invalid);
});

test('a byte order mark inside a string is kept', () => {
  const table = new StringTable(anyMemory);
  expect(table.strings[table.of('\ufeffa')]).toBe('\ufeffa');
});

test('many strings keep their codes while the table grows', () => {
  const table = new StringTable(anyMemory);
  const codes = Array.from({ length: 20_000 }, (_, i) => table.of(`name ${i % 5000} ${'x'.repeat(i % 50)}`));
  expect(Array.from({ length: 20_000 }, (_, i) => table.of(`name ${i % 5000} ${'x'.repeat(i % 50)}`))).toEqual(codes);
  expect(codes.every((code, i) => table.strings[code] === `name ${i % 5000} ${'x'.repeat(i % 50)}`)).toBe(true);
  expect(new Set(table.strings).size).toBe(table.strings.length);
});

test('a string that is longer than all before has room', () => {
  const table = new StringTable(anyMemory);
  const long = 'é'.repeat(100_000);
  expect(table.strings[table.read(scannerOf(JSON.stringify(long)), 0)]).toBe(long);
  expect(table.strings[table.read(scannerOf(`"\\n${long}"`), 0)]).toBe(`\n${long}`);
});

test('a string at the end of the bytes may go on', () => {
  for (const text of ['"', '"abc', '"abc\\', '"abc\\"', '"\\u00']) {
    expect(() => new StringTable(anyMemory).read(scannerOf(text), 0)).toThrow(moreNeeded);
  }
});

test('strings that were written to have one hash are told apart as fast as others', { timeout: 20_000 }, () => {
  const table = new StringTable(anyMemory);
  // "Aa" and "BB" are the same to a hash that multiplies by 31; so is each of these strings to each other one.
  const count = 1 << 18;
  const text = (i: number): string => Array.from({ length: 18 }, (_, bit) => ((i >> bit) & 1 ? 'Aa' : 'BB')).join('');
  for (let i = 0; i < count; i++) expect(table.of(text(i))).toBe(i + 1);
  for (let i = 0; i < count; i += 1000) {
    expect(table.read(scannerOf(JSON.stringify(text(i))), 0)).toBe(i + 1);
    expect(table.read(scannerOf(`"\\u00${text(i).charCodeAt(0).toString(16)}${text(i).slice(1)}"`), 0)).toBe(i + 1);
  }
});

test('invalid UTF-8 has the code of what it decodes to also while strings are hashed anew', () => {
  const table = new StringTable(anyMemory);
  const invalid = (i: number): Uint8Array =>
    Uint8Array.from([
      0x22,
      ...Array.from({ length: 12 }, (_, bit) => ((i >> bit) & 1 ? [0x41, 0x61] : [0x42, 0x42])).flat(),
      0xff,
      0x22,
    ]);
  const codes = Array.from({ length: 1 << 12 }, (_, i) => table.read(scannerOf(invalid(i)), 0));
  expect(new Set(codes).size).toBe(codes.length);
  expect(Array.from({ length: 1 << 12 }, (_, i) => table.read(scannerOf(invalid(i)), 0))).toEqual(codes);
  expect(codes.every((code) => table.strings[code]!.endsWith('\ufffd'))).toBe(true);
});
