import { z } from 'zod';
import { inertText } from '../../src/text/inertText.js';
import type { ProtocolSession } from '../protocolSession.js';
import { evaluateIn, type Realm } from './evaluateIn.js';

/** A thread that sleeps in Wasm for good does not answer, and has nobody who could look at what is left in it. */
const LIMIT_MS = 2000;
const leftSchema = z.array(z.string());

/**
 * Takes the hook out of a realm. Functions that the page already holds go on to pass its calls on; handed to a WebAssembly.Table later, they
 * are refused, as any function is that is not Wasm's own.
 * @returns what is left there, a sentence each
 */
export async function removeHook(session: ProtocolSession, realm: Realm, key: string): Promise<readonly string[]> {
  const expression = `typeof ${key} === 'undefined' || !${key} ? '[]' : ((left) => { ${key} = undefined; return left; })(${key}.remove())`;
  const answer = await evaluateIn(session, realm, expression, LIMIT_MS);
  const left = leftSchema.parse(JSON.parse(z.string().parse(answer)));
  return left.map((name) => `The page has frozen ${inertText(name)}: what passes calls on stays in its place.`);
}
