import { Cursor } from '../cursor.js';
import { concat, u32 } from '../encode.js';
import type { WasmModule } from '../module.js';
import { type CountingModule, incrementAround } from './countExecuted.js';

/**
 * How to make a module that counts from the original, for who holds that alone: a page. It is a tenth of the module, as it names
 * what is put in, and not what stays. `applyPatch` makes the bytes of it that `countExecuted` wrote.
 */
export interface ModulePatch {
  /** Bytes of the original, and of what comes out. */
  readonly from: number;
  readonly to: number;
  /** Bytes of an increment before the two offsets of its counter, which are LEB128 numbers, and between them. */
  readonly before: readonly number[];
  readonly between: readonly number[];
  /**
   * Steps, each beginning with a LEB128 number n. Copy floor(n / 2) bytes of the original; then, where n is even, write the
   * increment of the next counter; else step over as many bytes of the original as the next number says, and write those that
   * follow, behind their length.
   */
  readonly steps: Uint8Array<ArrayBuffer>;
}

/** @param counting what `countExecuted` made of the module */
export function patchOf(module: WasmModule, counting: CountingModule): ModulePatch {
  const steps = patchSteps();
  const written = sectionsOf(counting.bytes);
  const sections = sectionsOf(module.bytes);
  steps.copyTo(8);
  let next = 0;
  for (const section of written) {
    const rest = sections.slice(next);
    // What is the same, else what was changed; else it is new.
    const same = rest.findIndex((each) => each.id === section.id && isSame(each, section));
    const found = same >= 0 || section.id === 0 ? same : rest.findIndex(({ id }) => id === section.id);
    const original = rest[found];
    if (!original) {
      steps.write(section.bytes.subarray(section.start, section.end), 0);
      continue;
    }
    next += found + 1;
    steps.stepTo(original.start);
    if (section.id === 10) {
      stepsOfCode(module, counting, original, section, steps);
    } else if (same >= 0) {
      steps.write(section.bytes.subarray(section.start, section.at), original.at - original.start);
      steps.copyTo(original.end);
    } else {
      steps.write(section.bytes.subarray(section.start, section.end), original.end - original.start);
    }
  }
  const { before, between } = incrementAround(module.memories.length);
  return { from: module.bytes.length, to: counting.bytes.length, before, between, steps: steps.end() };
}

interface Section {
  readonly bytes: Uint8Array;
  readonly id: number;
  /** Bytes [start, end) of the module; the content begins at `at`. */
  readonly start: number;
  readonly at: number;
  readonly end: number;
}

function sectionsOf(bytes: Uint8Array): Section[] {
  const sections: Section[] = [];
  const module = new Cursor(bytes, 8, bytes.length);
  while (!module.done) {
    const start = module.at;
    const id = module.byte();
    const { at, end } = module.slice(module.u32());
    sections.push({ bytes, id, start, at, end });
  }
  return sections;
}

function isSame(one: Section, other: Section): boolean {
  const length = one.end - one.at;
  if (other.end - other.at !== length) return false;
  for (let i = 0; i < length; i++) if (one.bytes[one.at + i] !== other.bytes[other.at + i]) return false;
  return true;
}

/** Of each function the size is another, and the increments are put in. */
function stepsOfCode(
  module: WasmModule,
  { functions }: CountingModule,
  original: Section,
  section: Section,
  steps: PatchSteps,
): void {
  const counted = new Map(functions.map(({ index, pieces }) => [index, pieces]));
  const before = new Cursor(original.bytes, original.at, original.end);
  const after = new Cursor(section.bytes, section.at, section.end);
  after.u32();
  before.u32();
  steps.write(section.bytes.subarray(section.start, after.at), before.at - original.start);
  for (let defined = 0; defined < module.bodyStart.length; defined++) {
    const sizeAt = after.at;
    const body = after.slice(after.u32());
    const { at, end } = before.slice(before.u32());
    // The number of groups of locals may be a padded LEB128 in the original.
    const groups = new Cursor(original.bytes, at, end);
    const count = groups.u32();
    const head = [...section.bytes.subarray(sizeAt, body.at)];
    const pieces = counted.get(module.importedFunctions + defined);
    if (pieces) steps.write([...head, ...u32(count)], groups.at - steps.at);
    else steps.write(head, at - steps.at);
    for (const { at: place, counter } of pieces ?? []) steps.count(place, counter);
    steps.copyTo(end);
  }
  steps.copyTo(original.end);
}

interface PatchSteps {
  /** Byte of the original that is next. */
  readonly at: number;
  copyTo(to: number): void;
  stepTo(to: number): void;
  write(bytes: Uint8Array | readonly number[], skip: number): void;
  count(at: number, counter: number): void;
  end(): Uint8Array<ArrayBuffer>;
}

function patchSteps(): PatchSteps {
  const parts: (Uint8Array | readonly number[])[] = [];
  let at = 0;
  /** What comes before is in a step. */
  let from = 0;
  let counters = 0;
  const write: PatchSteps['write'] = (bytes, skip) => {
    parts.push([...u32((at - from) * 2 + 1), ...u32(skip), ...u32(bytes.length)], bytes);
    at += skip;
    from = at;
  };
  return {
    get at() {
      return at;
    },
    copyTo(to) {
      at = to;
    },
    stepTo(to) {
      if (to > at) write([], to - at);
    },
    write,
    count(to, counter) {
      if (counter !== counters++) throw new Error(`counter ${counter} is not the next one`);
      parts.push(u32((to - from) * 2));
      at = to;
      from = to;
    },
    end() {
      write([], 0);
      return concat(parts);
    },
  };
}
