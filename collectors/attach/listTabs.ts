import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';

/** A tab of the browser. Its title and URL are the page's words. */
export interface Tab {
  /** The browser's own name of it, which stays as long as the tab does. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** Somebody is attached to it already: DevTools, or another tool. */
  readonly attached: boolean;
}

/** https://chromedevtools.github.io/devtools-protocol/tot/Target/#type-TargetInfo */
const schema = z.object({
  targetInfos: z.array(
    z.object({
      targetId: z.string(),
      type: z.string(),
      title: z.string(),
      url: z.string(),
      attached: z.boolean(),
      /** `prerender`: a page that is not shown yet. */
      subtype: z.string().optional(),
    }),
  ),
});

/** DevTools and the pages of extensions are tabs of type `page` too. */
const INNER = /^(devtools|chrome-extension):/;

/**
 * The tabs that are open, without attaching to any: to attach to one that is frozen or discarded may take for ever.
 * @param inner also those of DevTools and of extensions
 */
export async function listTabs(browser: ProtocolSession, inner = false): Promise<readonly Tab[]> {
  const { targetInfos } = schema.parse(await browser.send('Target.getTargets'));
  return targetInfos
    .filter(({ type, subtype, url }) => type === 'page' && subtype === undefined && (inner || !INNER.test(url)))
    .map(({ targetId, title, url, attached }) => ({ id: targetId, title, url, attached }));
}
