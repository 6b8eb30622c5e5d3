import type { MemoryUse } from '../../analyzers/analysis.js';
import { memoryUse } from '../../analyzers/memory/memoryUse.js';
import { buildMemoryLog } from '../analyzers/memory/buildMemoryLog.js';

/** 43 MB held and 12 MB alive, of a model of 4 MB. */
export function buildMemoryUse(): MemoryUse {
  return memoryUse(buildMemoryLog(), 4e6)!;
}
