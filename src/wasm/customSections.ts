import type { Cursor } from './cursor.js';
import { WasmError } from './error.js';
import type { WasmProducer } from './module.js';

/** What the custom sections told so far. */
export interface CustomSections {
  readonly functionNames: Map<number, string>;
  readonly producers: WasmProducer[];
  targetFeatures: string[] | null;
}

export function noCustomSections(): CustomSections {
  return { functionNames: new Map(), producers: [], targetFeatures: null };
}

/**
 * Adds what a custom section says, if it is one of the three that matter here.
 * Formats: https://webassembly.github.io/spec/core/appendix/custom.html,
 * https://github.com/WebAssembly/tool-conventions/blob/main/ProducersSection.md and …/Linking.md#target-features-section
 */
export function readCustomSection(section: Cursor, into: CustomSections): void {
  if (section.done || isNoneOfThem(section)) return;
  try {
    const name = section.text();
    if (name === 'name') readNames(section, into);
    else if (name === 'producers') readProducers(section, into);
    else if (name === 'target_features') readTargetFeatures(section, into);
  } catch (error) {
    // "errors in custom sections must not cause module validation to fail": the engine ran it, so it is read on.
    if (!(error instanceof WasmError)) throw error;
  }
}

const NAME_LENGTHS: ReadonlySet<number> = new Set(['name', 'producers', 'target_features'].map(({ length }) => length));

/** By the length of its name alone, since a module may have a section in every few bytes. */
function isNoneOfThem({ bytes, at, end }: Cursor): boolean {
  const length = bytes[at]!;
  // A longer LEB128 may stand for a short name.
  return length < 0x80 && (!NAME_LENGTHS.has(length) || length > end - at - 1);
}

function readNames(section: Cursor, into: CustomSections): void {
  while (!section.done) {
    const kind = section.byte();
    const subsection = section.slice(section.u32());
    if (kind !== 1) continue;
    const count = subsection.count(2);
    for (let i = 0; i < count; i++) {
      const index = subsection.u32();
      const name = subsection.text();
      if (name !== '') into.functionNames.set(index, name);
    }
  }
}

function readProducers(section: Cursor, into: CustomSections): void {
  const fields = section.count(2);
  for (let i = 0; i < fields; i++) {
    const field = section.text();
    const values = section.count(2);
    for (let j = 0; j < values; j++) into.producers.push({ field, name: section.text(), version: section.text() });
  }
}

function readTargetFeatures(section: Cursor, into: CustomSections): void {
  const count = section.count(2);
  into.targetFeatures = [];
  for (let i = 0; i < count; i++) {
    // '+' used, '=' required (older), '-' must not be linked in.
    const used = section.byte() !== 0x2d;
    const feature = section.text();
    if (used) into.targetFeatures.push(feature);
  }
}
