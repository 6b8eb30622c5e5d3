import { u32 } from '../encode.js';
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
  /** What runs each time that the counter goes up by one. */
  readonly mix: Mix;
  /** Byte offset in the original module of the loop of which this is the beginning; null for other pieces. */
  readonly loopOffset: number | null;
}

/** What one function executed, of all threads together. */
export interface ExecutedFunction {
  readonly index: number;
  readonly calls: number;
  readonly executed: Mix;
  /** How often each loop began anew, by its offset in the module. */
  readonly loops: readonly { readonly offset: number; readonly iterations: number }[];
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
    const pieces = piecesOf(body.operators, body.codeAt).map(({ at, mix, loopOffset }) => {
      const counter = counters++;
      edits.push({ at, end: at, bytes: increment(memory, counter) });
      return { counter, mix, loopOffset };
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
    const times = (piece: Piece): number => counted(piece.counter);
    return {
      index,
      calls: pieces[0] ? times(pieces[0]) : 0,
      executed: mixOf((name) => pieces.reduce((sum, piece) => sum + piece.mix[name] * times(piece), 0)),
      loops: pieces.flatMap((piece) =>
        piece.loopOffset === null ? [] : [{ offset: piece.loopOffset, iterations: times(piece) }],
      ),
    };
  });
}

interface OpenPiece {
  readonly at: number;
  readonly mix: Record<InstructionClass, number>;
  readonly loopOffset: number | null;
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
  const begin = (at: number, loopOffset: number | null = null): OpenPiece => {
    const piece = { at, mix: mixOf(() => 0), loopOffset };
    pieces.push(piece);
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
    if (piece) piece.mix[operatorOf(operator.code).class]++;
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
  return pieces;
}

/** `counters[n]++`, with nothing left on the stack. Bit 6 of the alignment says that the memory's index follows. */
function increment(memory: number, counter: number): number[] {
  const place = [0x43, ...u32(memory), ...u32(counter * 8)];
  return [0x41, 0, 0x41, 0, 0x29, ...place, 0x42, 1, 0x7c, 0x37, ...place];
}
