import type { StudyCell } from '../../bundle/study.js';
import { configurationName } from './configurationName.js';

/** How a cell ran where there is little room: "TF.js Wasm 2t, no SIMD". */
export function shortConfiguration(cell: Pick<StudyCell, 'framework' | 'backend' | 'threads' | 'simd' | 'on'>): string {
  const threads = cell.backend === 'wasm' ? ` ${cell.threads}t` : '';
  return `${configurationName(cell)}${threads}${cell.simd === false ? ', no SIMD' : ''}${cell.on === 'main' ? ', main' : ''}`;
}
