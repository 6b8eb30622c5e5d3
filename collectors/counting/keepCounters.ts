/** A realm’s counters so far: per memory its name, the counters that are not zero, and their values. */
export type RealmCounters = [name: string, counters: number[], values: number[]][];

/**
 * Runs in a realm of the page before its first line, as text: it uses nothing from outside. Keeps the memories of counters of all
 * instances that are made here, and of those in workers that this realm begins. A worker hands its memories to whoever began it,
 * since a thread that waits for work answers nothing. It gets no message before it keeps them: the threads of a pool get their module by
 * one, and a worker may run its first lines before this.
 * @param prefix of the names of exported memories with counters
 * @param key by which the collector asks for the counters
 */
export function keepCounters(prefix: string, key: string): void {
  const kept: [string, ArrayBufferLike][] = [];
  const { instantiate, instantiateStreaming, Instance } = WebAssembly;
  const isWorker = typeof document === 'undefined';
  /** A worker that this never comes to must not wait for ever. */
  const LONGEST_MS = 5000;
  const take = (memories: [string, ArrayBufferLike][]): void => {
    kept.push(...memories);
    // Only shared memory can be seen from two threads.
    const shared = memories.filter(([, buffer]) => !(buffer instanceof ArrayBuffer));
    if (isWorker && shared.length > 0) (self as unknown as Worker).postMessage({ [key]: shared });
  };
  const keep = <T extends WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource>(made: T): T => {
    const instance = made instanceof Instance ? made : (made as WebAssembly.WebAssemblyInstantiatedSource).instance;
    take(
      Object.entries(instance.exports).flatMap(([name, value]): [string, ArrayBufferLike][] =>
        name.startsWith(prefix) ? [[name, (value as WebAssembly.Memory).buffer]] : [],
      ),
    );
    return made;
  };
  WebAssembly.instantiate = ((...given: Parameters<typeof instantiate>) =>
    instantiate(...given).then((made) => keep(made as never))) as typeof instantiate;
  WebAssembly.instantiateStreaming = (...given) => instantiateStreaming(...given).then(keep);
  WebAssembly.Instance = new Proxy(Instance, { construct: (target, given) => keep(new target(...(given as [never]))) });
  const { Worker: Original } = globalThis;
  globalThis.Worker = new Proxy(Original, {
    construct(target, given) {
      const worker = new target(...(given as [URL]));
      const post = worker.postMessage.bind(worker) as (...given: unknown[]) => void;
      const held: unknown[][] = [];
      let isReady = false;
      const ready = (): void => {
        isReady = true;
        for (const each of held.splice(0)) post(...each);
      };
      setTimeout(ready, LONGEST_MS);
      worker.postMessage = (...message: unknown[]) => (isReady ? post(...message) : held.push(message));
      // The first listener: the framework's own hears nothing of it.
      worker.addEventListener('message', (event) => {
        const memories = (event.data as Record<string, [string, ArrayBufferLike][]> | null)?.[key];
        if (!memories) return;
        event.stopImmediatePropagation();
        ready();
        take(memories);
      });
      return worker;
    },
  });
  const read = (): RealmCounters =>
    kept.map(([name, buffer]) => {
      const counters: number[] = [];
      const values: number[] = [];
      new BigUint64Array(buffer).forEach((value, counter) => {
        if (value === 0n) return;
        counters.push(counter);
        values.push(Number(value));
      });
      return [name, counters, values];
    });
  Object.defineProperty(globalThis, key, { value: read });
  if (isWorker) (self as unknown as Worker).postMessage({ [key]: [] });
}
