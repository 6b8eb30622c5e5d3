import { type CreatePlant, clocked, inTheMiddle } from '../plant.js';

/** The run does nothing until something ends its wait. What is planted is the whole wait, by the page's clock. */
const waiting =
  (wait: (ms: number, slowServer: string) => unknown): CreatePlant =>
  async (base, { slowServer }) =>
    inTheMiddle(base, async (ms) => {
      if (ms === 0) return 0;
      const start = performance.now();
      await wait(ms, slowServer!);
      return performance.now() - start;
    });

export const timer = waiting((ms) => new Promise((resolve) => setTimeout(resolve, ms)));

/** Not in the standard library's types yet. https://wicg.github.io/scheduling-apis/ */
interface Scheduler {
  postTask(task: () => void, options: { readonly delay: number }): Promise<void>;
}
const { scheduler } = globalThis as unknown as { readonly scheduler: Scheduler };
export const postedTask = waiting((delay) => scheduler.postTask(() => {}, { delay }));

export const fetched = waiting(async (ms, url) => (await fetch(`${url}?ms=${ms}`)).text());

/** The thread sleeps inside the call. */
export const synchronousRequest = waiting((ms, url) => {
  const request = new XMLHttpRequest();
  request.open('GET', `${url}?ms=${ms}`, false);
  request.send();
});

const word = new Int32Array(new SharedArrayBuffer(4));
export const atomicsWait = waiting((ms) => Atomics.wait(word, 0, 0, ms));

/** Answers a message after the time that it names, in which it sleeps. */
const LATE = `onmessage = ({ data }) => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, data); postMessage(data); };`;

/** Another thread answers, and does nothing until then that a sample would show. */
export const messageRoundTrip: CreatePlant = async (base, plan) => {
  const late = new Worker(URL.createObjectURL(new Blob([LATE], { type: 'text/javascript' })));
  const roundTrip = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      late.onmessage = () => resolve();
      late.postMessage(ms);
    });
  await roundTrip(0);
  return waiting(roundTrip)(base, plan);
};

/** Writes one after another until the time is over; each is answered by the browser's process. */
export const indexedDb: CreatePlant = async (base, plan) => {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const opening = indexedDB.open('plant', 1);
  opening.onupgradeneeded = () => void opening.result.createObjectStore('numbers');
  const database = await done(opening);
  return waiting(async (ms) => {
    for (const start = performance.now(); performance.now() - start < ms; ) {
      await done(database.transaction('numbers', 'readwrite').objectStore('numbers').put(start, 'start'));
    }
  })(base, plan);
};

/** Opened by a dedicated worker only. */
interface SyncHandle {
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  flush(): void;
}

/** Writes and flushes until the time is over: the thread sleeps inside the calls for as long as the disk takes. */
export const synchronousFile: CreatePlant = async (base) => {
  const folder = await navigator.storage.getDirectory();
  const file = await folder.getFileHandle('plant', { create: true });
  const handle = await (file as unknown as { createSyncAccessHandle(): Promise<SyncHandle> }).createSyncAccessHandle();
  const bytes = new Uint8Array(1 << 16);
  return inTheMiddle(base, (ms) =>
    clocked(() => {
      for (const start = performance.now(); performance.now() - start < ms; ) {
        handle.write(bytes, { at: 0 });
        handle.flush();
      }
    }),
  );
};
