import fc from 'fast-check';
import { payloads } from '../report/hostile.js';

/** Numbers at which arithmetic, loops and array indexes turn over. */
const numbers = [
  0,
  -0,
  1,
  -1,
  0.5,
  1e-9,
  5e-324,
  255,
  256,
  65_535,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  1e15,
  1e300,
  -1e300,
  1.7e308,
];

export const hostileNumber = fc.oneof(fc.constantFrom(...numbers), fc.integer({ min: -5, max: 50 }), fc.double({ noNaN: true }));

export const hostileText = fc.oneof(
  fc.constantFrom(
    ...payloads,
    '__proto__',
    'constructor',
    'toString',
    'length',
    '0',
    '-1',
    '',
    '..',
    '/',
    'a/../../b',
    'con',
    'NUL',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileNumber },
  { weight: 3, arbitrary: hostileText },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], [{}]) },
  { weight: 1, arbitrary: fc.array(hostileNumber, { maxLength: 40 }) },
);

/** A change of a JSON document: of which of its values, and how. */
export interface Edit {
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'repeat' | 'swap';
  readonly value: unknown;
  readonly count: number;
}

export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'repeat', 'swap'),
    value: hostileValue,
    count: fc.integer({ min: 1, max: 30 }),
  }),
  { minLength: 1, maxLength: 6 },
);

/** A copy of a document with edits, each of some value at any depth. */
export function edited(document: unknown, changes: readonly Edit[]): unknown {
  const root = { document: structuredClone(document) };
  for (const change of changes) edit(root, change);
  return root.document;
}

type Holder = Record<string | number, unknown>;

function edit(root: Holder, { at, how, value, count }: Edit): void {
  const places: (readonly [Holder, string | number])[] = [];
  collect(root, places);
  const [holder, key] = places[at % places.length]!;
  const [otherHolder, otherKey] = places[(at * 31 + count) % places.length]!;
  if (how === 'replace') holder[key] = structuredClone(value);
  else if (how === 'swap') holder[key] = structuredClone(otherHolder[otherKey]);
  else if (how === 'remove') {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else if (holder !== root) delete holder[key];
  } else if (Array.isArray(holder))
    holder.splice(Number(key), 0, ...Array.from({ length: count }, () => structuredClone(holder[Number(key)])));
  else holder[key] = Array.from({ length: count }, () => structuredClone(holder[key]));
}

function collect(holder: Holder, into: (readonly [Holder, string | number])[]): void {
  for (const key of Object.keys(holder)) {
    into.push([holder, key]);
    const value = holder[key];
    if (typeof value === 'object' && value !== null) collect(value as Holder, into);
  }
}

/** A change of bytes: some are overwritten, inserted or cut out, or all from there on is lost. */
export const byteEdits = fc.array(
  fc.record({
    at: fc.nat(),
    how: fc.constantFrom('write', 'write', 'insert', 'cut', 'end', 'again'),
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      fc.constantFrom(...['{', '}', '[', ']', '"', ',', ':', '\\', '0', 'ÿ', '\0'].map((text) => new TextEncoder().encode(text))),
    ),
    count: fc.integer({ min: 1, max: 40 }),
  }),
  { minLength: 1, maxLength: 6 },
);

type ByteEdit = (typeof byteEdits extends fc.Arbitrary<infer T> ? T : never)[number];

export function editedBytes(original: Uint8Array, changes: readonly ByteEdit[]): Uint8Array {
  let bytes = original;
  for (const { at, how, bytes: given, count } of changes) {
    const from = bytes.length === 0 ? 0 : at % bytes.length;
    if (how === 'end') bytes = bytes.subarray(0, from);
    else if (how === 'cut') bytes = joined(bytes.subarray(0, from), bytes.subarray(from + count));
    else if (how === 'insert') bytes = joined(bytes.subarray(0, from), given, bytes.subarray(from));
    else if (how === 'again') bytes = joined(bytes.subarray(0, from + count), bytes.subarray(from));
    else bytes = joined(bytes.subarray(0, from), given, bytes.subarray(from + given.length));
  }
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
