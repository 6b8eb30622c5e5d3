import { setTimeout as sleep } from 'node:timers/promises';
import type { HeapLog } from '../../src/bundle/heapLog.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import { COLLECT_LIMIT_MS, heapUsage } from '../memory/heapUsage.js';
import type { ProtocolSession } from '../protocolSession.js';
import { monotonicUs } from '../scheduling/sampleScheduling.js';
import { within } from '../within.js';
import { addressOf } from './realmsOfPage.js';

type Realm = HeapLog['realms'][number];

/** A page may make a worker for each task. */
const MOST_REALMS = 50;
/** Interval of readings. One takes a thread some 50 µs. */
const EVERY_MS = 500;
const KINDS: Readonly<Record<string, Realm['kind']>> = { page: 'page', iframe: 'frame', worker: 'worker' };

/** Reads the JavaScript heaps of a page, its frames of other sites and its workers, again and again. */
export interface HeapReadings {
  /** Begins to read one. It ends with its target, or by `stop`. */
  watch(session: ProtocolSession, type: string, url: string, ended?: Promise<unknown>): void;
  /** Forgets those that a document had made that is being left. */
  leave(): void;
  stop(): void;
  /**
   * Collects the garbage of those that are there and answer, and returns the readings of all. Never fails.
   * @param recorded times on the trace clock; readings outside of them are left out
   */
  collected(recorded: NonNullable<PageManifest['recorded']>): Promise<HeapLog>;
}

interface Watched {
  readonly session: ProtocolSession;
  readonly kind: Realm['kind'];
  readonly url: string;
  readonly readings: { readonly atUs: number; readonly usedBytes: number; readonly arrayBufferBytes: number }[];
  isThere: boolean;
  /** Whether it was asked and has not answered: a pool thread that sleeps in Wasm does not, until it is woken. */
  isAsked: boolean;
}

/** Readings are on the trace clock where Node’s clock is that: on Linux, with the browser on this machine. */
export function readHeaps(): HeapReadings {
  let watched: Watched[] = [];
  let isOver = false;

  const readAgain = async (realm: Watched): Promise<void> => {
    while (!isOver && realm.isThere) {
      realm.isAsked = true;
      const { usedBytes, arrayBufferBytes } = await heapUsage(realm.session);
      realm.isAsked = false;
      realm.readings.push({ atUs: monotonicUs(), usedBytes, arrayBufferBytes });
      await sleep(EVERY_MS, null, { ref: false });
    }
  };
  return {
    watch(session, type, url, ended) {
      const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
      if (!kind || watched.length >= MOST_REALMS) return;
      const realm: Watched = { session, kind, url: addressOf(url), readings: [], isThere: true, isAsked: false };
      watched.push(realm);
      void ended?.then(() => {
        realm.isThere = false;
      });
      // The target has ended meanwhile.
      readAgain(realm).catch(() => {});
    },
    leave() {
      watched = watched.filter(({ kind }) => kind === 'page');
    },
    stop() {
      isOver = true;
    },
    async collected({ startUs, endUs }) {
      isOver = true;
      const realms = await Promise.all(
        watched.map(async ({ session, kind, url, readings, isThere, isAsked }) => {
          const inside = readings.filter(({ atUs }) => atUs >= startUs && atUs <= endUs);
          return {
            kind,
            url,
            readings: {
              atUs: inside.map(({ atUs }) => atUs),
              usedBytes: inside.map(({ usedBytes }) => usedBytes),
              arrayBufferBytes: inside.map(({ arrayBufferBytes }) => arrayBufferBytes),
            },
            heldBytes: isThere && !isAsked ? await within(COLLECT_LIMIT_MS, heldBytes(session)).catch(() => null) : null,
          };
        }),
      );
      return { schema: 'inferscope.heaps/1', realms: realms.filter(({ readings }) => readings.atUs.length > 0) };
    },
  };
}

/** What a thread still holds when its garbage has been collected. */
async function heldBytes(session: ProtocolSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedBytes, arrayBufferBytes } = await heapUsage(session);
  return usedBytes + arrayBufferBytes;
}
