import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';
import type { Hooked } from './hooked.js';
import { hookedRealms } from './hookedRealms.js';
import { hookScript } from './hookScript.js';

const addedSchema = z.object({ identifier: z.string() });

/**
 * Hooks every document that a page, or a frame of another site, loads from now on: frames of the same process too, workers not (see
 * `hookWorker`). The document that is there already stays as it is.
 */
export async function hookPage(session: ProtocolSession): Promise<Hooked> {
  const { key, source } = await hookScript();
  // Without it the browser keeps the script and runs it nowhere.
  await session.send('Page.enable');
  const { identifier } = addedSchema.parse(await session.send('Page.addScriptToEvaluateOnNewDocument', { source }));
  return hookedRealms(session, key, () => session.send('Page.removeScriptToEvaluateOnNewDocument', { identifier }));
}
