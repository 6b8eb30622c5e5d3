import { MemoryBudget } from '../table/memoryBudget.js';
import { TraceLimitError } from '../trace/traceError.js';

/** What names are of, with the words for the count of what was replaced. */
export const nameKinds = {
  url: ['URL', 'URLs'],
  host: ['host', 'hosts'],
  package: ['package', 'packages'],
  title: ['title', 'titles'],
  model: ['model name', 'model names'],
  function: ['script function', 'script functions'],
  symbol: ['name in Wasm modules', 'names in Wasm modules'],
  timing: ['user-timing name', 'user-timing names'],
  event: ['event name', 'event names'],
  category: ['event category', 'event categories'],
  thread: ['name of a thread or process', 'names of threads and processes'],
  operator: ['operator type', 'operator types'],
  node: ['operator name', 'operator names'],
  tensor: ['input or output name', 'input and output names'],
  message: ['message', 'messages'],
  text: ['sentence', 'sentences'],
  file: ['file name or path', 'file names and paths'],
  call: ['call of an API', 'calls of APIs'],
  id: ['id', 'ids'],
  hash: ['hash', 'hashes'],
} as const satisfies Readonly<Record<string, readonly [one: string, many: string]>>;

/** `series`: what user-timing names have in common that differ only in their numbers. */
export type NameKind = keyof typeof nameKinds | 'series';

/** What a name takes beside its text, with its pseudonym. */
const NAME_BYTES = 200;
const LIMIT_BYTES = 1e9;

/**
 * Stable pseudonyms: the same name always gets the same one, and different names of one kind get different ones. They are numbered as the
 * names come, so nothing about a name can be computed from its pseudonym.
 */
export class Pseudonyms {
  readonly #known = new Map<NameKind, Map<string, string>>();
  readonly #taken = new Map<NameKind, Set<string>>();
  readonly #budget = new MemoryBudget(LIMIT_BYTES, () => {
    throw new TraceLimitError('It holds more different names than fit in memory, so it cannot be redacted.');
  });

  /** @param make the n-th pseudonym to try, from 1 on; the first that is free is taken */
  of(kind: NameKind, name: string, make: (n: number) => string): string {
    const known = this.#names(kind);
    const found = known.get(name);
    if (found !== undefined) return found;
    const taken = this.#takenOf(kind);
    let n = known.size + 1;
    while (taken.has(make(n))) n++;
    this.put(kind, name, make(n));
    return make(n);
  }

  /** Gives a name a pseudonym that is made elsewhere. */
  put(kind: NameKind, name: string, pseudonym: string): void {
    this.#budget.take(NAME_BYTES + 2 * name.length);
    this.#names(kind).set(name, pseudonym);
    this.#takenOf(kind).add(pseudonym);
  }

  isTaken(kind: NameKind, pseudonym: string): boolean {
    return this.#takenOf(kind).has(pseudonym);
  }

  /** Names of a kind with their pseudonyms, in the order in which they came. */
  all(kind: NameKind): ReadonlyMap<string, string> {
    return this.#names(kind);
  }

  #names(kind: NameKind): Map<string, string> {
    const known = this.#known.get(kind) ?? new Map<string, string>();
    this.#known.set(kind, known);
    return known;
  }

  #takenOf(kind: NameKind): Set<string> {
    const taken = this.#taken.get(kind) ?? new Set<string>();
    this.#taken.set(kind, taken);
    return taken;
  }
}
