import type { CountersRow, Counting } from '../counting.js';
import { isMemory } from './instanceMemories.js';
import { intrinsics } from './intrinsics.js';
import { type Callable, passOn, type StandIns } from './standIns.js';

const { apply, getOwnPropertyDescriptor, isArray, listen, memoryBuffer, messageData, Numbers, ownKeys, stopEvent } = intrinsics;
const { setPrototypeOf, targetOf, textSlice, viewLength, Weak, Words } = intrinsics;

/** A page may make an instance for each inference: from so many on, those that are gone are looked for, and again at twice as many as stay. */
const MANY = 16;

/** Counters of the instances of a realm, and of those that workers handed to it. */
export interface Counters {
  /** Whether an export is ours, which the page must not see. */
  isOwn(name: string): boolean;
  made(instance: object, exports: object): void;
  read(): readonly CountersRow[];
}

interface Kept {
  readonly id: string;
  readonly realm: string;
  readonly handed: number;
  readonly name: string;
  readonly buffer: ArrayBufferLike;
  /** Null for one of another realm. */
  readonly instance: WeakRef<object> | null;
}

/** What a worker hands on. */
type Handed = [id: string, realm: string, handed: number, name: string, buffer: ArrayBufferLike][];

/**
 * Keeps the memories of counters. A thread that waits for work in Wasm answers nothing, so a worker hands those memories that are
 * shared to whoever began it; the page hears nothing of it.
 */
export function keepCounters({ mail, prefix }: Counting, edge: StandIns): Counters {
  const realm = textSlice(`${Math.random()}`, 2);
  const prefixLength = prefix.length;
  const memories: Kept[] = [];
  let foldAt = MANY;
  let count = 0;
  /** Sums of instances that are gone, by the name of their memory. */
  const past = {} as Record<string, Float64Array>;
  setPrototypeOf(past, null);
  const post = typeof document === 'undefined' ? ((globalThis as { postMessage?: Callable }).postMessage ?? null) : null;

  const hand = (kept: Kept): void => {
    if (post === null || isPlain(kept.buffer)) return;
    try {
      const message = { [mail]: [[kept.id, kept.realm, kept.handed + 1, kept.name, kept.buffer]] };
      apply(post, globalThis, [message] as never);
    } catch {
      // A page that is not isolated cannot hand shared memory on; then it has no threads either.
    }
  };
  const keep = (kept: Kept): void => {
    if (memories.length >= foldAt) {
      fold();
      foldAt = memories.length < MANY / 2 ? MANY : 2 * memories.length;
    }
    memories[memories.length] = kept;
    hand(kept);
  };
  /** Adds up what instances counted that are gone, and lets their memories go. */
  const fold = (): void => {
    let left = 0;
    for (let i = 0; i < memories.length; i++) {
      const kept = memories[i]!;
      if (kept.instance === null || targetOf(kept.instance)) {
        memories[left++] = kept;
        continue;
      }
      const words = new Words(kept.buffer);
      const counters = viewLength(words) / 8;
      past[kept.name] ??= new Numbers(counters);
      const sums = past[kept.name]!;
      for (let counter = 0; counter < counters; counter++) sums[counter] = sums[counter]! + valueAt(words, counter);
    }
    memories.length = left;
  };
  const take = (message: unknown): boolean => {
    if (typeof message !== 'object' || message === null) return false;
    const handed = getOwnPropertyDescriptor(message, mail)?.value as Handed | undefined;
    if (!isArray(handed)) return false;
    for (let i = 0; i < handed.length; i++) {
      // An array is not taken apart by its iterator, which a page may have replaced.
      const one = handed[i]!;
      keep({ id: one[0], realm: one[1], handed: one[2], name: one[3], buffer: one[4], instance: null });
    }
    return true;
  };

  edge.replace(globalThis, 'Worker', {
    make(original, parameters, newTarget) {
      const worker = passOn.make(original, parameters, newTarget);
      // The first listener: those of the page hear nothing of what is ours.
      listen(worker as Worker, 'message', (event) => {
        if (take(messageData!(event))) stopEvent(event);
      });
      return worker;
    },
  });
  return {
    isOwn: (name) => textSlice(name, 0, prefixLength) === prefix,
    made(instance, exports) {
      const keys = ownKeys(exports) as string[];
      for (let i = 0; i < keys.length; i++) {
        const name = keys[i]!;
        const value = (exports as Record<string, unknown>)[name];
        if (textSlice(name, 0, prefixLength) !== prefix || !isMemory(value)) continue;
        const id = `${realm}.${count++}`;
        keep({ id, realm, handed: 0, name, buffer: memoryBuffer(value), instance: new Weak(instance) });
      }
    },
    read() {
      const rows: CountersRow[] = [];
      for (let i = 0; i < memories.length; i++) {
        const kept = memories[i]!;
        const words = new Words(kept.buffer);
        rows[i] = row(kept, viewLength(words) / 8, (counter) => valueAt(words, counter));
      }
      const gone = ownKeys(past) as string[];
      for (let i = 0; i < gone.length; i++) {
        const name = gone[i]!;
        const sums = past[name]!;
        const about = { id: `${realm}.past.${i}`, realm, handed: 0, name };
        rows[rows.length] = row(about, viewLength(sums) / 8, (counter) => sums[counter]!);
      }
      return rows;
    },
  };
}

/** Of 64 bits; above 2^53 it is not exact, which takes months. */
const valueAt = (words: Uint32Array, counter: number): number => words[2 * counter]! + words[2 * counter + 1]! * 4294967296;

function row(
  { id, realm, handed, name }: Pick<Kept, 'id' | 'realm' | 'handed' | 'name'>,
  length: number,
  countOf: (counter: number) => number,
): CountersRow {
  let found = 0;
  for (let counter = 0; counter < length; counter++) if (countOf(counter) > 0) found++;
  const counters = new Numbers(found);
  const values = new Numbers(found);
  const most = found;
  found = 0;
  // A thread may count meanwhile.
  for (let counter = 0; counter < length && found < most; counter++) {
    const value = countOf(counter);
    if (value === 0) continue;
    counters[found] = counter;
    values[found++] = value;
  }
  return [id, realm, handed, name, counters, values];
}

/** Whether only this realm can see it. */
function isPlain(buffer: ArrayBufferLike): boolean {
  try {
    intrinsics.bufferLength(buffer);
    return true;
  } catch {
    return false;
  }
}
