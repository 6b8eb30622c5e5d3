import { z } from 'zod';
import { gpuLogSchema } from '../../src/bundle/gpuLog.js';
import { wasmLogSchema } from '../../src/bundle/wasmLog.js';

const wasmRealm = wasmLogSchema.shape.realms.element;
const instance = wasmRealm.shape.instances.element.omit({ sha256: true }).extend({ module: z.number().int() });

/** What a realm hands over, as text: anything may stand there, since the page can reach what it is made with. */
export const hookWire = {
  envelope: z.object({ wasm: z.unknown(), gpu: z.unknown(), modules: z.unknown(), problem: z.string().max(200) }),
  /** Its instances name modules by their position. */
  wasm: wasmRealm.extend({ instances: z.array(instance) }),
  gpu: gpuLogSchema.shape.realms.element,
  modules: z
    .array(
      z.object({
        url: z.string().max(4096),
        /** Of those that were handed over before. */
        sha256: z.string().nullable(),
        /** Bytes that are to be had; -1: none. */
        length: z.number().int(),
      }),
    )
    .max(256),
} as const;
