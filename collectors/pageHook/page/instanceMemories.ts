import { intrinsics } from './intrinsics.js';

const { Bytes, memoryBuffer, ownKeys, targetOf, viewLength, Weak } = intrinsics;

/** The memories of the instances of a realm. They are held weakly: to keep them would itself be a leak. */
export interface InstanceMemories {
  /** Notes the memory that an instance exports, or else the one that it imports. */
  made(instance: number, exports: object, imported: object | null): void;
  /** Size of the memory of an instance, bytes; -1 if it has none that is known. */
  bytes(instance: number): number;
  clear(): void;
}

export function instanceMemories(): InstanceMemories {
  const memories: (WeakRef<object> | null)[] = [];
  return {
    made(instance, exports, imported) {
      const memory = exportedMemory(exports) ?? imported;
      memories[instance] = memory && new Weak(memory);
    },
    bytes(instance) {
      const held = memories[instance];
      const memory = held && targetOf(held);
      return memory ? sizeOf(memory) : -1;
    },
    clear() {
      memories.length = 0;
    },
  };
}

/** Whether a value is a memory of Wasm. */
export function isMemory(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  try {
    memoryBuffer(value);
    return true;
  } catch {
    return false;
  }
}

function exportedMemory(exports: object): object | null {
  const keys = ownKeys(exports);
  for (let i = 0; i < keys.length; i++) {
    const value = (exports as Record<PropertyKey, unknown>)[keys[i]!];
    if (isMemory(value)) return value;
  }
  return null;
}

/** By a view, which is the same for memory that is shared: pages that are not isolated have shared memory, but not its class. */
const sizeOf = (memory: object): number => viewLength(new Bytes(memoryBuffer(memory)));
