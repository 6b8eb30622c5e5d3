import { u32 } from '../encode.js';
import { floatOperations } from '../floatOperations.js';
import { LoopFinder, nestLoops } from '../loopFinder.js';
import { type InstructionClass, type Mix, mixOf } from '../mix.js';
import type { WasmModule } from '../module.js';
import { operatorOf } from '../operators.js';
import { type BodyOperator, type Edit, readBody, writeBody } from './functionBody.js';
import { writeModule } from './writeModule.js';

/** A module that counts what it executes, and what its counters mean. */
export interface CountingModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Name of the memory with the counters, which every instance exports. */
  readonly memoryName: string;
  /** Counters, each of 8 bytes. */
  readonly counters: number;
  readonly functions: readonly CountedFunction[];
}

/** The straight pieces of code of one function, each of which runs as a whole. */
export interface CountedFunction {
  /** Counting imports, as in `wasm-function[N]`. */
  readonly index: number;
  readonly pieces: readonly Piece[];
}

export interface Piece {
  readonly counter: number;
  /** Byte of the original module before which it counts. */
  readonly at: number;
  /** What runs each time that the counter goes up by one. */
  readonly mix: Mix;
  readonly floats: FloatOperations;
  /** Byte offset in the original module of the loop of which this is the beginning; null for other pieces. */
  readonly loopOffset: number | null;
  /** That of the innermost loop that this is in, as `Loop` defines it; null outside of all. */
  readonly inLoop: number | null;
}

/** Float operations, see `floatOperations`: of one number at a time, and of vectors. */
export interface FloatOperations {
  readonly scalar: number;
  readonly vector: number;
}

/** What one function executed, of all threads together. */
export interface ExecutedFunction {
  readonly index: number;
  readonly calls: number;
  readonly executed: Mix;
  readonly floats: FloatOperations;
  /** By their offset in the module, in the order of their start. */
  readonly loops: readonly ExecutedLoop[];
}

export interface ExecutedLoop {
  readonly offset: number;
  /** How often it began anew. */
  readonly iterations: number;
  /** What ran in it and in no loop inside; nothing for a `loop` that nothing branches back to. */
  readonly executed: Mix;
}

/** Names of exported memories with counters begin with this. */
export const COUNTERS = 'inferscope.counters:';

const pageBytes = 65_536;

/**
 * Writes a module that counts. Every straight piece of code (a basic block) of every function adds one to a counter of its own, in a
 * memory of its own that each instance has, so threads do not meet in it. Needs an engine with several memories
 * (https://github.com/WebAssembly/multi-memory; Chrome 120).
 *
 * An operator belongs to the piece that control reaches it by: `end` to what falls through to it. What calls and accesses do not
 * come back from (traps, exceptions) is counted as if they did.
 * @param key tells the counters of this module from those of others in one page
 * @param functions the indexes of those that are to count; by default all
 * @throws WasmError for a module whose types or bodies cannot be read
 */
export function countExecuted(module: WasmModule, key: string, functions?: ReadonlySet<number>): CountingModule {
  const bodies = new Map<number, Uint8Array>();
  const counted: CountedFunction[] = [];
  const memory = module.memories.length;
  let counters = 0;
  for (let defined = 0; defined < module.bodyStart.length; defined++) {
    const index = module.importedFunctions + defined;
    if (functions && !functions.has(index)) continue;
    const body = readBody(module, index);
    const edits: Edit[] = [];
    const pieces = piecesOf(body.operators, body.codeAt).map(({ at, ...piece }) => {
      const counter = counters++;
      edits.push({ at, end: at, bytes: increment(memory, counter) });
      return { counter, at, ...piece };
    });
    counted.push({ index, pieces });
    bodies.set(defined, writeBody(module, body, edits, 0));
  }
  const memoryName = `${COUNTERS}${key}`;
  const pages = Math.max(1, Math.ceil((counters * 8) / pageBytes));
  // Where a module has threads, one thread must be able to read what others count.
  const shared = module.memories.some((each) => each.shared);
  const bytes = writeModule(module, { bodies, memory: { name: memoryName, pages, shared } });
  return { bytes, memoryName, counters, functions: counted };
}

/** @param counted the value of a counter in an instance, or the sum over several */
export function executedOf(
  { functions }: Pick<CountingModule, 'functions'>,
  counted: (counter: number) => number,
): ExecutedFunction[] {
  return functions.map(({ index, pieces }) => {
    const executed = mixOf(() => 0);
    const floats = { scalar: 0, vector: 0 };
    const loops = new Map<number, { offset: number; iterations: number; executed: Record<InstructionClass, number> }>();
    for (const { loopOffset } of pieces) {
      if (loopOffset !== null) loops.set(loopOffset, { offset: loopOffset, iterations: 0, executed: mixOf(() => 0) });
    }
    for (const piece of pieces) {
      const times = counted(piece.counter);
      if (times === 0) continue;
      floats.scalar += piece.floats.scalar * times;
      floats.vector += piece.floats.vector * times;
      add(executed, piece.mix, times);
      const around = piece.inLoop === null ? undefined : loops.get(piece.inLoop);
      if (around) add(around.executed, piece.mix, times);
      if (piece.loopOffset !== null) loops.get(piece.loopOffset)!.iterations = times;
    }
    return { index, calls: pieces[0] ? counted(pieces[0].counter) : 0, executed, floats, loops: [...loops.values()] };
  });
}

function add(sum: Record<InstructionClass, number>, mix: Mix, times: number): void {
  for (const [name, count] of Object.entries(mix)) if (count > 0) sum[name as InstructionClass] += count * times;
}

interface OpenPiece {
  readonly at: number;
  readonly mix: Record<InstructionClass, number>;
  readonly floats: { scalar: number; vector: number };
  readonly loopOffset: number | null;
  inLoop: number | null;
}

/** What is open: a loop, whose branches go to its start, or a block, whose branches go behind its end. */
interface Open {
  readonly loop: boolean;
  targeted: boolean;
}

/** Control does not come behind these. */
const leaves = new Set([
  'unreachable',
  'br',
  'br_table',
  'return',
  'throw',
  'rethrow',
  'throw_ref',
  'return_call',
  'return_call_indirect',
  'return_call_ref',
]);

function piecesOf(operators: readonly BodyOperator[], codeAt: number): OpenPiece[] {
  const pieces: OpenPiece[] = [];
  /** Per piece: its first operator. */
  const firsts: number[] = [];
  const finder = new LoopFinder();
  let next = 0;
  const begin = (at: number, loopOffset: number | null = null): OpenPiece => {
    const piece = { at, mix: mixOf(() => 0), floats: { scalar: 0, vector: 0 }, loopOffset, inLoop: null };
    pieces.push(piece);
    firsts.push(next);
    return piece;
  };
  /** The function's own block: a branch to it returns. */
  const open: Open[] = [{ loop: false, targeted: false }];
  let piece: OpenPiece | null = begin(codeAt);
  const target = (depth: number): void => {
    const block = open.at(-1 - depth);
    if (block) block.targeted = true;
  };
  for (const { name, at, end, operator } of operators) {
    finder.add(name, operator);
    next++;
    if (piece) {
      piece.mix[operatorOf(operator.code).class]++;
      piece.floats[/^f\d+x/.test(name) ? 'vector' : 'scalar'] += floatOperations(name);
    }
    // Branches of dead code reach nothing.
    if (piece) {
      if (operator.brDepth !== undefined && name !== 'delegate') target(operator.brDepth);
      for (const depth of new Set(operator.brTable ?? [])) target(depth);
      for (const { depth } of operator.tryTable ?? []) target(depth);
    }
    if (name === 'loop') {
      open.push({ loop: true, targeted: false });
      piece = piece && begin(end, at);
    } else if (name === 'block' || name === 'try' || name === 'try_table') {
      open.push({ loop: false, targeted: false });
    } else if (name === 'if') {
      // Where there is no else, control comes behind the end by the condition alone.
      open.push({ loop: false, targeted: piece !== null });
      piece = piece && begin(end);
    } else if (name === 'else') {
      const block = open.at(-1)!;
      const reached = block.targeted;
      block.targeted = reached || piece !== null;
      piece = reached ? begin(end) : null;
    } else if (name === 'catch' || name === 'catch_all') {
      const block = open.at(-1)!;
      block.targeted ||= piece !== null;
      piece = begin(end);
    } else if (name === 'end' || name === 'delegate') {
      const { loop, targeted } = open.pop()!;
      if (!loop && targeted && open.length > 0) piece = begin(end);
    } else if (name.startsWith('br_if') || name.startsWith('br_on')) {
      piece = piece && begin(end);
    } else if (leaves.has(name)) {
      piece = null;
    }
  }
  const ranges = finder.loops;
  const { around } = nestLoops(ranges, operators.length);
  for (const [i, piece] of pieces.entries()) piece.inLoop = operators[ranges[around[firsts[i]!] ?? -1]?.start ?? -1]?.at ?? null;
  return pieces;
}

/** `counters[n]++`, with nothing left on the stack. */
function increment(memory: number, counter: number): number[] {
  const { before, between } = incrementAround(memory);
  const offset = u32(counter * 8);
  return [...before, ...offset, ...between, ...offset];
}

/** The bytes of an increment around the two offsets of its counter. Bit 6 of the alignment says that the memory's index follows. */
export function incrementAround(memory: number): { readonly before: readonly number[]; readonly between: readonly number[] } {
  const place = [0x43, ...u32(memory)];
  return { before: [0x41, 0, 0x41, 0, 0x29, ...place], between: [0x42, 1, 0x7c, 0x37, ...place] };
}
