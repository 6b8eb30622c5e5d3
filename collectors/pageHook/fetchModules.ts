import { z } from 'zod';
import { inertText } from '../../src/text/inertText.js';
import { CollectError } from '../collectError.js';
import type { ProtocolSession } from '../protocolSession.js';
import { within } from '../within.js';
import { readStream } from './readStream.js';

/** Of one module, from the question to its last byte. */
const LIMIT_MS = 30_000;

export type FetchedModule =
  | { readonly url: string; readonly bytes: Uint8Array }
  | {
      readonly url: string;
      readonly bytes: null;
      /** A sentence. */
      readonly why: string;
    };

interface FrameTree {
  readonly frame: { readonly id: string };
  readonly resources: readonly { readonly url: string }[];
  readonly childFrames?: readonly FrameTree[] | undefined;
}
const treeSchema: z.ZodType<FrameTree> = z.lazy(() =>
  z.object({
    frame: z.object({ id: z.string() }),
    resources: z.array(z.object({ url: z.string() })),
    childFrames: z.array(treeSchema).optional(),
  }),
);
const resourcesSchema = z.object({ frameTree: treeSchema });
const contentSchema = z.object({ content: z.string(), base64Encoded: z.boolean() });
const loadedSchema = z.object({
  resource: z.object({
    success: z.boolean(),
    netErrorName: z.string().optional(),
    httpStatusCode: z.number().optional(),
    stream: z.string().optional(),
  }),
});

/**
 * The bytes of modules that run already, by the addresses that CPU samples name, without a reload: what the page still holds, else what the
 * browser loads for us. The browser, and not the page, asks: neither the page's timing of resources nor its service worker sees it, no cookies
 * go with it, and what is in the browser's cache is taken from there; what is not, its server is asked for once more. Nothing says that what
 * comes is what runs: see `matchesModule`.
 * @param session of a page
 * @returns in the order of the addresses
 */
export async function fetchModules(session: ProtocolSession, urls: readonly string[]): Promise<readonly FetchedModule[]> {
  const fetched: FetchedModule[] = [];
  for (const url of urls) {
    try {
      fetched.push({ url, bytes: await within(LIMIT_MS, fetchModule(session, url)) });
    } catch (error) {
      fetched.push({ url, bytes: null, why: inertText((error as Error).message) });
    }
  }
  return fetched;
}

async function fetchModule(session: ProtocolSession, url: string): Promise<Uint8Array> {
  if (!/^https?:/.test(url)) {
    throw new CollectError(
      'A script of the page handed its bytes over, and nobody kept where they are from. Reload the page with the hooks.',
    );
  }
  const { frameTree } = resourcesSchema.parse(await session.send('Page.getResourceTree'));
  const held = framesOf(frameTree).find(({ resources }) => resources.some((one) => one.url === url));
  const content = held && (await session.send('Page.getResourceContent', { frameId: held.frame.id, url }).catch(() => null));
  if (content) {
    const parsed = contentSchema.parse(content);
    if (parsed.base64Encoded && parsed.content !== '') return new Uint8Array(Buffer.from(parsed.content, 'base64'));
  }
  const options = { disableCache: false, includeCredentials: false };
  const params = { frameId: frameTree.frame.id, url, options };
  const { resource } = loadedSchema.parse(await session.send('Network.loadNetworkResource', params));
  if (!resource.success || resource.stream === undefined) {
    throw new CollectError(
      `The browser could not load it again: ${resource.netErrorName ?? `status ${resource.httpStatusCode}`}.`,
    );
  }
  return readStream(session, resource.stream);
}

const framesOf = (tree: FrameTree): FrameTree[] => [tree, ...(tree.childFrames ?? []).flatMap(framesOf)];
