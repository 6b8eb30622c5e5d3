import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../src/packageRoot.js';
import type { ProtocolSession } from '../protocolSession.js';
import type { Wait } from '../whileProgress.js';
import type { Counting } from './counting.js';
import { evaluateIn } from './evaluateIn.js';
import type { Hooked } from './hooked.js';
import { hookedRealms } from './hookedRealms.js';

const addedSchema = z.object({ identifier: z.string() });

/**
 * Hooks every document that a page, or a frame of another site, loads from now on, including frames of the same process. It does
 * not hook workers (see `hookWorker`) or the current document.
 * @param counting makes modules count what they execute; null: they stay as they are
 */
export async function hookPage(session: ProtocolSession, counting: Counting | null = null): Promise<Hooked> {
  const { key, source } = await hookScript(counting);
  // Otherwise the browser stores the script but never runs it.
  await session.send('Page.enable');
  const { identifier } = addedSchema.parse(await session.send('Page.addScriptToEvaluateOnNewDocument', { source }));
  return hookedRealms(session, key, () => session.send('Page.removeScriptToEvaluateOnNewDocument', { identifier }));
}

/**
 * Hooks a worker that is paused before its first line (see `childSessions`).
 * @throws LimitError, CollectError if the script cannot be installed; the worker must be resumed even then
 */
export async function hookWorker(session: ProtocolSession, wait: Wait, counting: Counting | null = null): Promise<Hooked> {
  const { key, source } = await hookScript(counting);
  await evaluateIn(session, undefined, `${source} undefined`, wait);
  return hookedRealms(session, key, async () => {});
}

interface HookScript {
  /** Secret name by which the collector reaches the handle. */
  readonly key: string;
  /** Must run in a realm before its first line. */
  readonly source: string;
}

/**
 * The bundled hook as a script. Its handle is in a global `let` with a random name: this is no property of the global object, so
 * the page's scripts cannot list it. (A binding of the protocol would be a property, and so would a symbol.)
 * @throws Error if dist is not built
 */
async function hookScript(counting: Counting | null): Promise<HookScript> {
  const bundle = await readFile(join(packageRoot(), 'dist/browser/pageHook.js'), 'utf8');
  const key = `inferscope_${randomBytes(16).toString('hex')}`;
  const call = `inferscopePageHook.installPageHook(${JSON.stringify(counting)})`;
  return { key, source: `let ${key} = (() => { ${bundle}; return ${call}; })();` };
}
