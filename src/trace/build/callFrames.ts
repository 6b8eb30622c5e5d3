import type { SchemaArrays } from '../../table/fromArrays.js';
import { GrowingRows } from '../../table/growingRows.js';
import { IntPairMap } from '../../table/intPairMap.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import type { traceSchema } from '../schema.js';
import * as byte from '../text/bytes.js';
import type { Scanner } from '../text/scanner.js';
import type { StringTable } from '../text/stringTable.js';

const shape = {
  parent: 'i32',
  profile: 'i32',
  function: 'dict',
  url: 'dict',
  codeType: 'dict',
  line: 'i32',
  column: 'i32',
} as const;
/** A link between nodes one of which may come later: ids inside a profile. */
const linksShape = { profile: 'i32', parent: 'i32', child: 'f64' } as const;

/** The table `callFrames`, of the nodes of V8's CPU profiles. */
export class CallFrames {
  readonly #rows: GrowingRows<typeof shape>;
  /** Row by profile and node id. */
  readonly #rowOf: IntPairMap;
  /** Parents that were not there yet, and the `children` lists that old V8 wrote instead of parents. */
  readonly #links: GrowingRows<typeof linksShape>;
  /** What the callFrame of the node that is being read says. */
  #found = { function: 0, url: 0, codeType: 0, line: -1, column: -1 };
  readonly #scanner: Scanner;
  readonly #strings: StringTable;

  constructor(scanner: Scanner, strings: StringTable, budget: MemoryBudget) {
    this.#rows = new GrowingRows(shape, budget);
    this.#rowOf = new IntPairMap(budget);
    this.#links = new GrowingRows(linksShape, budget);
    this.#scanner = scanner;
    this.#strings = strings;
  }

  /** The row of a node; -1 if the profile has none of that id. */
  row(profile: number, node: number): number {
    return node >= 0 ? this.#rowOf.get(profile, node >>> 0) : -1;
  }

  /** Adds the nodes of the array at `at`; returns where it ends. */
  addNodes(at: number, profile: number): number {
    const scanner = this.#scanner;
    if (scanner.bytes[at] !== byte.openBracket) return scanner.skipValue(at);
    for (let node = scanner.nextElement(at + 1); node >= 0; ) {
      const isNode = scanner.bytes[node] === byte.openBrace;
      node = scanner.nextElement(isNode ? this.#addNode(node, profile) : scanner.skipValue(node));
    }
    return scanner.at;
  }

  /** @param threads the thread of every profile */
  finish(threads: readonly number[]): SchemaArrays<typeof traceSchema.callFrames> {
    const { profile, ...columns } = this.#rows.finish();
    const { parent } = columns;
    const links = this.#links.finish();
    for (let link = 0; link < links.child.length; link++) {
      const child = this.row(links.profile[link]!, links.child[link]!);
      if (child >= 0 && parent[child] === -1) parent[child] = this.row(links.profile[link]!, links.parent[link]!);
    }
    breakCycles(parent);
    return { ...columns, thread: profile.map((one) => threads[one]!) };
  }

  /** Returns where the node ends. One pass, as a trace may hold hundreds of thousands. */
  #addNode(node: number, profile: number): number {
    const scanner = this.#scanner;
    let id = -1;
    let parent = -1;
    let children = -1;
    this.#found = { function: 0, url: 0, codeType: 0, line: -1, column: -1 };
    for (let value = scanner.nextKey(node + 1); value >= 0; value = scanner.nextKey(scanner.at)) {
      if (scanner.keyIs('id')) id = this.#integer(value);
      else if (scanner.keyIs('parent')) parent = this.#integer(value);
      else if (scanner.keyIs('callFrame') && scanner.bytes[value] === byte.openBrace) this.#readCallFrame(value);
      else {
        if (scanner.keyIs('children') && scanner.bytes[value] === byte.openBracket) children = value;
        scanner.at = scanner.skipValue(value);
      }
    }
    const end = scanner.at;
    if (id < 0 || this.row(profile, id) >= 0) return end;
    this.#push(profile, id, parent);
    if (parent < 0 && children >= 0) {
      for (let child = scanner.nextElement(children + 1); child >= 0; child = scanner.nextElement(scanner.at)) {
        this.#link(profile, id, scanner.number(child));
      }
    }
    return end;
  }

  /** Leaves what the object says in `#found`, and its end in `scanner.at`. */
  #readCallFrame(at: number): void {
    const scanner = this.#scanner;
    const found = this.#found;
    for (let value = scanner.nextKey(at + 1); value >= 0; value = scanner.nextKey(scanner.at)) {
      if (scanner.keyIs('functionName')) found.function = this.#text(value);
      else if (scanner.keyIs('url')) found.url = this.#text(value);
      else if (scanner.keyIs('codeType')) found.codeType = this.#text(value);
      else if (scanner.keyIs('lineNumber')) found.line = this.#integer(value);
      else if (scanner.keyIs('columnNumber')) found.column = this.#integer(value);
      else scanner.at = scanner.skipValue(value);
    }
  }

  #push(profile: number, id: number, parent: number): void {
    const at = this.#rows.next();
    const { columns } = this.#rows;
    columns.parent[at] = this.row(profile, parent);
    columns.profile[at] = profile;
    columns.function[at] = this.#found.function;
    columns.url[at] = this.#found.url;
    columns.codeType[at] = this.#found.codeType;
    columns.line[at] = this.#found.line;
    columns.column[at] = this.#found.column;
    this.#rowOf.set(profile, id, at);
    if (parent >= 0 && columns.parent[at] === -1) this.#link(profile, parent, id);
  }

  #link(profile: number, parent: number, child: number): void {
    const at = this.#links.next();
    const { columns } = this.#links;
    columns.profile[at] = profile;
    columns.parent[at] = parent;
    columns.child[at] = child;
  }

  /** The empty string if the value is no string. */
  #text(at: number): number {
    if (this.#scanner.bytes[at] === byte.quote) return this.#strings.read(this.#scanner, at);
    this.#scanner.at = this.#scanner.skipValue(at);
    return 0;
  }

  /** -1 if the value is no whole number ≥ 0. */
  #integer(at: number): number {
    const value = this.#scanner.number(at);
    return Number.isInteger(value) && value >= 0 && value <= 0x7fffffff ? value : -1;
  }
}

/** Makes -1 of parents that lead back to their child, which a broken profile can have, so that walking up always ends. */
function breakCycles(parent: Int32Array): void {
  const visitedFrom = new Int32Array(parent.length).fill(-1);
  for (let row = 0; row < parent.length; row++) {
    for (let at = row; at >= 0 && visitedFrom[at] === -1; at = parent[at]!) {
      visitedFrom[at] = row;
      const next = parent[at]!;
      if (next >= 0 && visitedFrom[next] === row) parent[at] = -1;
    }
  }
}
