import { z } from 'zod';
import { inertText } from '../../src/text/inertText.js';
import { WasmError } from '../../src/wasm/error.js';
import { functionAt } from '../../src/wasm/functionAt.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import { CollectError } from '../collectError.js';
import { askBrowser, NO_LIMIT, type ProtocolSession, protocolStream } from '../protocolSession.js';
import { type Wait, whileProgress } from '../whileProgress.js';
import { LimitError } from '../within.js';

/** Nothing is told of a module until its server has given all of it, so a silence is long. */
const FETCHING = { what: 'The module’s bytes', silenceMs: 60_000, capMs: 5 * 60_000 };

export type FetchedModule =
  | { readonly url: string; readonly bytes: Uint8Array }
  | {
      readonly url: string;
      readonly bytes: null;
      /** The reason, as a sentence. */
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
 * The bytes of modules that already run, without a reload, by the addresses in CPU samples. They come from the page if it still
 * holds them, otherwise from a request of the browser: from its cache or the server, without cookies, and not visible to the
 * page's resource timing and service worker. The result may differ from what runs: see `matchesModule`.
 * @param session of a page
 * @returns in the order of the addresses
 */
export async function fetchModules(session: ProtocolSession, urls: readonly string[]): Promise<readonly FetchedModule[]> {
  const fetched: FetchedModule[] = [];
  for (const url of urls) {
    try {
      const wait = whileProgress({ ...FETCHING, witness: () => askBrowser(session) });
      fetched.push({ url, bytes: await fetchResource(session, url, 'bytes', wait) });
    } catch (error) {
      const { message } = error as Error;
      fetched.push({ url, bytes: null, why: inertText(error instanceof LimitError ? `${message}.` : message) });
    }
  }
  return fetched;
}

/**
 * The source of a script that a page loaded, in the same way.
 * @throws CollectError if it cannot be had
 */
export async function fetchScript(session: ProtocolSession, url: string): Promise<string> {
  const wait = whileProgress({ ...FETCHING, witness: () => askBrowser(session) });
  return new TextDecoder().decode(await fetchResource(session, url, 'text', wait));
}

async function fetchResource(session: ProtocolSession, url: string, as: 'bytes' | 'text', wait: Wait): Promise<Uint8Array> {
  if (!/^https?:/.test(url)) {
    throw new CollectError(
      'A script of the page handed its bytes over, and nobody kept where they are from. Reload the page with the hooks.',
    );
  }
  const { frameTree } = resourcesSchema.parse(await wait(session.send('Page.getResourceTree', {}, NO_LIMIT)));
  const held = framesOf(frameTree).find(({ resources }) => resources.some((one) => one.url === url));
  const content =
    held && (await wait(session.send('Page.getResourceContent', { frameId: held.frame.id, url }, NO_LIMIT).catch(() => null)));
  if (content) {
    const parsed = contentSchema.parse(content);
    // Bytes that came as text are no longer what they were.
    const isWhole = parsed.base64Encoded || as === 'text';
    if (isWhole && parsed.content !== '')
      return new Uint8Array(Buffer.from(parsed.content, parsed.base64Encoded ? 'base64' : 'utf8'));
  }
  const options = { disableCache: false, includeCredentials: false };
  const params = { frameId: frameTree.frame.id, url, options };
  const { resource } = loadedSchema.parse(await wait(session.send('Network.loadNetworkResource', params, NO_LIMIT)));
  if (!resource.success || resource.stream === undefined) {
    throw new CollectError(
      `The browser could not load it again: ${resource.netErrorName ?? `status ${resource.httpStatusCode}`}.`,
    );
  }
  return readStream(session, resource.stream, wait);
}

const framesOf = (tree: FrameTree): FrameTree[] => [tree, ...(tree.childFrames ?? []).flatMap(framesOf)];

const MOST_BYTES = 256 << 20;

/** All bytes of a stream of the protocol. @throws CollectError if it is larger than any module that a browser runs well */
async function readStream(session: ProtocolSession, handle: string, wait: Wait): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of protocolStream(session, handle, wait)) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new CollectError(`It is of more than ${MOST_BYTES >> 20} MiB.`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

export interface SampledFunction {
  /** Index in the module, including imported functions; null for a named function. */
  readonly index: number | null;
  /** Offset of its body in the module, as in a CPU sample's `columnNumber`. */
  readonly byteOffset: number;
}

/**
 * Whether bytes that were fetched later can be those that ran: every sampled function must begin at its offset in the bytes.
 * @returns false also if nothing was sampled, or the bytes are not a module
 */
export function matchesModule(bytes: Uint8Array, functions: readonly SampledFunction[]): boolean {
  try {
    const module = indexModule(bytes);
    return (
      functions.length > 0 &&
      functions.every(({ index, byteOffset }) => {
        const found = index ?? functionAt(module, byteOffset);
        return module.bodyStart[found - module.importedFunctions] === byteOffset;
      })
    );
  } catch (error) {
    if (error instanceof WasmError) return false;
    throw error;
  }
}
