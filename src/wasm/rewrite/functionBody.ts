import type { IOperatorInformation } from 'wasmparser';
import { Cursor } from '../cursor.js';
import { concat, u32 } from '../encode.js';
import { WasmError } from '../error.js';
import type { WasmModule } from '../module.js';
import { operatorOf } from '../operators.js';
import { readOperators } from '../readOperators.js';

/** One operator of a body, with the bytes of the module that it stands in. */
export interface BodyOperator {
  readonly name: string;
  readonly at: number;
  readonly end: number;
  readonly operator: IOperatorInformation;
}

/** The body of one defined function, for who writes it anew. */
export interface FunctionBody {
  readonly operators: readonly BodyOperator[];
  /** Parameters and locals; the next free index of a local. */
  readonly locals: number;
  /** Byte of the module at which the groups of locals begin, behind their number, and that of the first operator. */
  readonly groups: { readonly count: number; readonly at: number };
  readonly codeAt: number;
  readonly end: number;
}

/** Bytes [at, end) of a module that others take the place of; with at = end they are put in between. */
export interface Edit {
  readonly at: number;
  readonly end: number;
  readonly bytes: readonly number[];
}

const copied: (keyof IOperatorInformation)[] = [
  'code',
  'brDepth',
  'brTable',
  'tryTable',
  'funcIndex',
  'typeIndex',
  'localIndex',
  'blockType',
];

/** @throws WasmError where the body cannot be read to its end */
export function readBody(module: WasmModule, index: number): FunctionBody {
  const defined = index - module.importedFunctions;
  const start = module.bodyStart[defined]!;
  const end = start + module.bodyBytes[defined]!;
  const head = new Cursor(module.bytes, start, end);
  const count = head.count(2);
  const groupsAt = head.at;
  const signature = module.signatures?.[module.functionTypes[index]!];
  if (!signature) throw new WasmError(start, 'the types of its functions are not known');
  let locals = signature.params;
  for (let i = 0; i < count; i++) {
    locals += head.u32();
    head.valueType();
  }
  const operators: BodyOperator[] = [];
  const stop = readOperators(module.bytes, start, end - start, (operator, at) => {
    // The reader uses one object for all operators.
    const kept = {} as Record<string, unknown>;
    for (const key of copied) if (operator[key] !== undefined) kept[key] = operator[key];
    const last = operators.at(-1);
    if (last) (last as { end: number }).end = at;
    operators.push({ name: operatorOf(operator.code).name, at, end, operator: kept as unknown as IOperatorInformation });
  });
  if (stop) throw new WasmError(stop.offset, stop.reason);
  return { operators, locals, groups: { count, at: groupsAt }, codeAt: head.at, end };
}

/** The bytes of a body after edits, which may come in any order and do not overlap, and with more vector locals behind its own. */
export function writeBody(module: WasmModule, body: FunctionBody, edits: readonly Edit[], vectorLocals: number): Uint8Array {
  const { groups, codeAt, end } = body;
  const parts: (Uint8Array | readonly number[])[] = [
    u32(groups.count + (vectorLocals > 0 ? 1 : 0)),
    module.bytes.subarray(groups.at, codeAt),
    vectorLocals > 0 ? [...u32(vectorLocals), 0x7b] : [],
  ];
  let at = codeAt;
  for (const edit of edits.toSorted((a, b) => a.at - b.at)) {
    parts.push(module.bytes.subarray(at, edit.at), edit.bytes);
    at = edit.end;
  }
  parts.push(module.bytes.subarray(at, end));
  return concat(parts);
}
