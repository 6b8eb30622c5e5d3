import { Cursor } from '../cursor.js';
import { concat, name, u32 } from '../encode.js';
import type { WasmModule } from '../module.js';

/** What is changed in a module; everything else is kept byte by byte. */
export interface ModuleChanges {
  /** New bodies, by the position of the function among those that are defined. */
  readonly bodies: ReadonlyMap<number, Uint8Array>;
  /** A memory of its own behind the module's, exported by this name. */
  readonly memory?: { readonly name: string; readonly pages: number; readonly shared: boolean };
}

/** Sections in the order that the format asks for; 13 are tags, 12 is the count of data segments. */
const order = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11];

/** Custom sections that speak of places within bodies, such as branch hints, would speak of the wrong ones. */
const ofPlaces = /^metadata\.code\./;

/** Writes a module with changes. Its functions, types, imports and other exports keep their indexes. */
export function writeModule({ bytes, memories }: WasmModule, { bodies, memory }: ModuleChanges): Uint8Array<ArrayBuffer> {
  const parts: (Uint8Array | readonly number[])[] = [bytes.subarray(0, 8)];
  const put = (id: number, content: readonly (Uint8Array | readonly number[])[]): void => {
    const whole = concat(content);
    parts.push([id, ...u32(whole.length)], whole);
  };
  const added = new Map<number, readonly number[]>();
  if (memory) {
    added.set(5, [memory.shared ? 3 : 1, ...u32(memory.pages), ...u32(memory.pages)]);
    added.set(7, [...name(memory.name), 2, ...u32(memories.length)]);
  }
  /** Puts what is added in sections that the module lacks, before the section with this id. */
  const putMissing = (before: number): void => {
    for (const [id, item] of added) {
      if (order.indexOf(id) >= order.indexOf(before)) continue;
      put(id, [[1], item]);
      added.delete(id);
    }
  };
  const module = new Cursor(bytes, 8, bytes.length);
  while (!module.done) {
    const start = module.at;
    const id = module.byte();
    const section = module.slice(module.u32());
    if (id === 0) {
      const { at, end } = section;
      if (!ofPlaces.test(section.text())) put(0, [bytes.subarray(at, end)]);
      continue;
    }
    putMissing(id);
    const item = added.get(id);
    if (item) {
      const count = section.u32();
      put(id, [u32(count + 1), bytes.subarray(section.at, section.end), item]);
      added.delete(id);
    } else if (id === 10) {
      put(id, code(section, bodies));
    } else {
      parts.push(bytes.subarray(start, section.end));
    }
  }
  for (const [id, item] of added) put(id, [[1], item]);
  return concat(parts);
}

function code(section: Cursor, bodies: ReadonlyMap<number, Uint8Array>): (Uint8Array | readonly number[])[] {
  const count = section.count(2);
  const parts: (Uint8Array | readonly number[])[] = [u32(count)];
  for (let i = 0; i < count; i++) {
    const { bytes, at, end } = section.slice(section.u32());
    const body = bodies.get(i) ?? bytes.subarray(at, end);
    parts.push(u32(body.length), body);
  }
  return parts;
}
