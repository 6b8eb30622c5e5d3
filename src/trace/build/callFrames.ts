import type { SchemaArrays } from '../../table/fromArrays.js';
import { GrowingRows } from '../../table/growingRows.js';
import { IntPairMap } from '../../table/intPairMap.js';
import type { traceSchema } from '../schema.js';
import * as byte from '../text/bytes.js';
import type { Scanner } from '../text/scanner.js';
import type { StringTable } from '../text/stringTable.js';

/** A link between nodes one of which may come later: ids inside a profile. */
interface Link {
  readonly profile: number;
  readonly parent: number;
  readonly child: number;
}

/** The table `callFrames`, of the nodes of V8's CPU profiles. */
export class CallFrames {
  readonly #rows = new GrowingRows({
    parent: 'i32',
    profile: 'i32',
    function: 'dict',
    url: 'dict',
    codeType: 'dict',
    line: 'i32',
    column: 'i32',
  } as const);
  /** Row by profile and node id. */
  readonly #rowOf = new IntPairMap();
  /** Parents that were not there yet, and the `children` lists that old V8 wrote instead of parents. */
  readonly #links: Link[] = [];
  readonly #scanner: Scanner;
  readonly #strings: StringTable;

  constructor(scanner: Scanner, strings: StringTable) {
    this.#scanner = scanner;
    this.#strings = strings;
  }

  /** The row of a node; -1 if the profile has none of that id. */
  row(profile: number, node: number): number {
    return node >= 0 ? this.#rowOf.get(profile, node >>> 0) : -1;
  }

  /** Adds the nodes of the array at `at`, if there is one. */
  addNodes(at: number, profile: number): void {
    const scanner = this.#scanner;
    if (scanner.bytes[at] !== byte.openBracket) return;
    for (let node = scanner.nextElement(at + 1); node >= 0; node = scanner.nextElement(scanner.skipValue(node))) {
      if (scanner.bytes[node] === byte.openBrace) this.#addNode(node, profile);
    }
  }

  /** @param threads the thread of every profile */
  finish(threads: readonly number[]): SchemaArrays<typeof traceSchema.callFrames> {
    const { profile, ...columns } = this.#rows.finish();
    const { parent } = columns;
    for (const link of this.#links) {
      const child = this.row(link.profile, link.child);
      if (child >= 0 && parent[child] === -1) parent[child] = this.row(link.profile, link.parent);
    }
    breakCycles(parent);
    return { ...columns, thread: profile.map((one) => threads[one]!) };
  }

  #addNode(node: number, profile: number): void {
    const scanner = this.#scanner;
    const id = this.#integer(node, 'id');
    const callFrame = scanner.find(node, 'callFrame');
    if (id < 0 || this.row(profile, id) >= 0) return;
    const parent = this.#integer(node, 'parent');
    const at = this.#rows.next();
    const { columns } = this.#rows;
    columns.parent[at] = this.row(profile, parent);
    columns.profile[at] = profile;
    columns.function[at] = this.#text(callFrame, 'functionName');
    columns.url[at] = this.#text(callFrame, 'url');
    columns.codeType[at] = this.#text(callFrame, 'codeType');
    columns.line[at] = this.#integer(callFrame, 'lineNumber');
    columns.column[at] = this.#integer(callFrame, 'columnNumber');
    this.#rowOf.set(profile, id, at);
    if (parent >= 0) {
      if (columns.parent[at] === -1) this.#links.push({ profile, parent, child: id });
      return;
    }
    const children = scanner.find(node, 'children');
    if (scanner.bytes[children] !== byte.openBracket) return;
    for (let child = scanner.nextElement(children + 1); child >= 0; child = scanner.nextElement(scanner.at)) {
      this.#links.push({ profile, parent: id, child: scanner.number(child) });
    }
  }

  #text(object: number, key: string): number {
    const at = this.#scanner.find(object, key);
    return at >= 0 && this.#scanner.bytes[at] === byte.quote ? this.#strings.read(this.#scanner, at) : 0;
  }

  /** -1 if there is none. */
  #integer(object: number, key: string): number {
    const at = this.#scanner.find(object, key);
    const value = at < 0 ? -1 : this.#scanner.number(at);
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
