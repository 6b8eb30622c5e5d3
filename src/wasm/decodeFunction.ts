import { countInstructions } from './countInstructions.js';
import type { FunctionCode } from './functionCode.js';
import { hotMix } from './hotMix.js';
import { LoopFinder } from './loopFinder.js';
import type { InstructionClass } from './mix.js';
import type { WasmModule } from './module.js';
import { operatorOf, type WasmFeature } from './operators.js';
import { readOperators } from './readOperators.js';

/**
 * Decodes one function of a module and counts its instructions; the index counts imports, as traces do. Costs time for this body
 * only, about 0.2 µs an operator. What cannot be decoded (an unknown operator, an import, an index that the module does not have)
 * is named in `unknown`; nothing is thrown.
 */
export function decodeFunction(module: WasmModule, index: number): FunctionCode {
  const defined = index - module.importedFunctions;
  const start = module.bodyStart[defined];
  const size = module.bodyBytes[defined];
  const classes: InstructionClass[] = [];
  const offsets: number[] = [];
  const features = new Set<WasmFeature>();
  const finder = new LoopFinder();
  let unknown: string | null = null;
  if (start === undefined || size === undefined) {
    unknown = index >= 0 && defined < 0 ? 'imported: its code is not in this module' : 'the module has no function of this index';
  } else {
    const stop = readOperators(module.bytes, start, size, (operator, offset) => {
      const { name, class: instructionClass, feature } = operatorOf(operator.code);
      if (finder.closed) throw new Error('operators follow the end of the function');
      finder.add(name, operator);
      classes.push(instructionClass);
      offsets.push(offset);
      if (feature) features.add(feature);
      if (operator.memoryAddress && operator.memoryAddress.flags & 0x40) features.add('multi-memory');
    });
    if (stop) unknown = `${stop.reason} (at byte ${stop.offset})`;
    else if (!finder.closed) unknown = `the body ends inside a block (at byte ${start + size})`;
  }
  const counted = countInstructions(classes, offsets, finder.loops);
  return { index, name: module.names.get(index) ?? null, unknown, ...counted, hot: hotMix(counted), features };
}
