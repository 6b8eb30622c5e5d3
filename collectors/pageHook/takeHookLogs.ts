import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type GpuRealm, gpuLogSchema, usedGpu } from '../../src/bundle/gpuLog.js';
import { type WasmRealm, wasmLogSchema } from '../../src/bundle/wasmLog.js';
import { CollectError } from '../collectError.js';
import type { ProtocolSession } from '../protocolSession.js';
import type { Wait } from '../whileProgress.js';
import { LimitError } from '../within.js';
import { evaluateIn, type Realm } from './evaluateIn.js';
import type { HookedModule, HookProblem, RealmLogs } from './hooked.js';

const wasmRealm = wasmLogSchema.shape.realms.element;
const instance = wasmRealm.shape.instances.element.omit({ sha256: true }).extend({ module: z.number().int() });

/** The text from a realm. It is untrusted: the page can reach what creates it. */
export const hookWire = {
  envelope: z.object({ wasm: z.unknown(), gpu: z.unknown(), modules: z.unknown(), problem: z.string().max(200) }),
  /** Its instances refer to modules by position. */
  wasm: wasmRealm.extend({ instances: z.array(instance) }),
  gpu: gpuLogSchema.shape.realms.element,
  modules: z
    .array(
      z.object({
        url: z.string().max(4096),
        /** Set for modules that were returned before. */
        sha256: z.string().nullable(),
        /** Number of available bytes; -1: none. */
        length: z.number().int(),
      }),
    )
    .max(256),
} as const;

export const MOST_CHARACTERS = 200 << 20;
const MOST_BYTES = 256 << 20;
/** A multiple of 3, so that base64 parts can be concatenated. */
const PART = 3 << 20;

/**
 * The logs of a realm so far; null if it is not hooked.
 * @param key of the realm's handle
 * @param withModules adds the bytes of the modules
 * @param wait waits for each answer
 * @throws LimitError if the thread does not answer within the limits of the wait; CollectError for an invalid answer
 */
export async function takeHookLogs(
  session: ProtocolSession,
  realm: Realm,
  key: string,
  withModules: boolean,
  wait: Wait,
): Promise<RealmLogs | null> {
  const ask = (expression: string) => evaluateIn(session, realm, expression, wait);
  const length = await ask(`typeof ${key} === 'undefined' || !${key} ? null : ${key}.read()`);
  if (length === null) return null;
  const problems: HookProblem[] = [];
  const text = await inParts(length, MOST_CHARACTERS, (from, to) => ask(`${key}.text(${from}, ${to})`));
  const envelope = hookWire.envelope.parse(parsed(text));
  if (envelope.problem) problems.push({ of: 'gpu', why: envelope.problem });
  const part = <T>(of: 'wasm' | 'gpu' | 'modules', schema: z.ZodType<T>, what: string): T | null => {
    const checked = schema.nullable().safeParse(envelope[of]);
    if (!checked.success) problems.push({ of, why: `${what} is malformed: ${z.prettifyError(checked.error).split('\n')[0]}.` });
    return checked.data ?? null;
  };
  const listed = part('modules', hookWire.modules, 'The list of Wasm modules') ?? [];
  const modules: HookedModule[] = [];
  const names = listed.map(({ sha256 }) => (sha256 !== null && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : null));
  /** Who was silent is not asked for the next module: each would take as long. */
  let silence: LimitError | null = null;
  for (const [i, { url, length }] of listed.entries()) {
    if (length < 0 || !withModules) continue;
    try {
      if (silence) throw silence;
      const base64 = await inParts(length, MOST_BYTES, (from, to) => ask(`${key}.bytes(${i}, ${from}, ${to})`));
      const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
      if (bytes.length !== length) throw new CollectError(`${bytes.length} of ${length} bytes came`);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      names[i] = sha256;
      modules.push({ sha256, url, bytes });
      await ask(`${key}.name(${i}, ${JSON.stringify(sha256)})`);
    } catch (error) {
      if (error instanceof LimitError) silence = error;
      problems.push({ of: 'modules', why: `The bytes of Wasm module ${i + 1} could not be had: ${(error as Error).message}.` });
    }
  }
  const wasm = part('wasm', hookWire.wasm, 'The log of calls into Wasm');
  const gpu = part('gpu', hookWire.gpu, 'The log of GPU calls');
  return { realm: realm ?? '', silent: false, wasm: named(wasm, names), gpu: used(gpu), modules, problems };
}

function named(log: z.infer<typeof hookWire.wasm> | null, names: readonly (string | null)[]): WasmRealm | null {
  if (!log || (log.instances.length === 0 && log.calls.name.length === 0)) return null;
  return { ...log, instances: log.instances.map(({ module, ...rest }) => ({ ...rest, sha256: names[module] ?? null })) };
}

/** A page that was refused an adapter has nothing but the request. */
const used = (log: GpuRealm | null): GpuRealm | null =>
  log && (usedGpu(log) || (log.asked ?? []).some(({ count }) => count > 0)) ? log : null;

/** Text that is asked for part by part. @throws CollectError if it is longer than `most` */
export async function inParts(
  length: unknown,
  most: number,
  part: (from: number, to: number) => Promise<unknown>,
): Promise<string> {
  const total = z.number().int().nonnegative().parse(length);
  if (total > most) throw new CollectError(`it is of ${total} bytes, more than ${most}`);
  let text = '';
  for (let from = 0; from < total; from += PART)
    text += z
      .string()
      .max(2 * PART)
      .parse(await part(from, Math.min(total, from + PART)));
  return text;
}

/** @throws CollectError */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CollectError('what the hook handed over is no JSON');
  }
}
