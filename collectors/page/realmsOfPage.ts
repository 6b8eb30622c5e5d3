import { z } from 'zod';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import type { PageTarget } from './pageTarget.js';

type Realm = NonNullable<PageManifest['realms']>[number];

/** A page may make a worker with a new address for each task. */
const MOST_REALMS = 50;
const TEXT_LIMIT = 2000;

/** Targets that are attached to as they are made, by the protocol's type. */
const CHILDREN: Readonly<Record<string, Realm['kind']>> = { worker: 'dedicated', iframe: 'frame' };
/** Targets that do not belong to one page. */
const OTHERS: Readonly<Record<string, Realm['kind']>> = { shared_worker: 'shared', service_worker: 'service' };

const targets = z.object({ targetInfos: z.array(z.object({ type: z.string(), url: z.string() })) });

/** Counts the workers of a page and its frames of other sites, by kind and address. */
export interface RealmCount {
  /** Notes a target that a page, a frame or a worker made. */
  made(type: string, url: string): void;
  /** Forgets those of a document that is being left. */
  leave(): void;
  /** All of them. The browser is asked for those that are shared; of the page’s origin, where it has other tabs. */
  read(target: Pick<PageTarget, 'browser' | 'opened' | 'url'>): Promise<Realm[]>;
}

export function countRealms(): RealmCount {
  const found = new Map<string, Realm>();
  const add = (kind: Realm['kind'] | undefined, address: string): void => {
    if (!kind) return;
    const url = addressOf(address);
    const key = `${kind} ${url}`;
    const known = found.get(key);
    if (known) found.set(key, { ...known, count: known.count + 1 });
    else if (found.size < MOST_REALMS) found.set(key, { kind, url, count: 1 });
  };
  return {
    made: (type, url) => add(kindOf(CHILDREN, type), url),
    leave: () => found.clear(),
    async read({ browser, opened, url }) {
      const answer = await browser.send('Target.getTargets').catch(() => null);
      for (const target of targets.safeParse(answer).data?.targetInfos ?? []) {
        if (opened === 'launched' || originOf(target.url) === originOf(url)) add(kindOf(OTHERS, target.type), target.url);
      }
      return [...found.values()];
    },
  };
}

const kindOf = (kinds: Readonly<Record<string, Realm['kind']>>, type: string): Realm['kind'] | undefined =>
  Object.hasOwn(kinds, type) ? kinds[type] : undefined;

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');

/** Scripts that a page makes have an address each, or are one. */
export function addressOf(url: string): string {
  if (url.startsWith('blob:')) return `blob:${originOf(url)}`;
  return url.startsWith('data:') ? 'data:' : url.slice(0, TEXT_LIMIT);
}
