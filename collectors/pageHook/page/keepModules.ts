import { intrinsics } from './intrinsics.js';

const { bufferLength, dataBuffer, dataLength, dataOffset, isView, mapGet, mapSet, setBytes, textSlice, Bytes } = intrinsics;
const { viewBuffer, viewLength, viewOffset, responseBytes, responseClone, responseUrl } = intrinsics;

/** All of a realm together; ONNX Runtime's are of 14 to 25 MB. */
const MOST_BYTES = 256 << 20;
const MOST_MODULES = 256;
const MOST_TEXT = 4000;

export interface KeptModule {
  url: string;
  /** Null: handed over, too large, or not there yet. */
  bytes: Uint8Array | null;
  /** Once the collector has told it. */
  sha256: string | null;
}

/** The bytes of the modules of this realm. */
export interface ModuleKeeper {
  readonly list: readonly KeptModule[];
  /** Copies bytes that are about to be compiled. @returns null if they are none */
  copy(source: unknown): KeptModule | null;
  /** The response that is about to be compiled, and the bytes that will come by it. */
  stream(source: unknown): { readonly kept: KeptModule; readonly source: Promise<unknown> };
  /** It has compiled. */
  made(module: object, kept: KeptModule): void;
  /** Position in the list; -1 of a module that came in compiled. */
  positionOf(module: object): number;
  clear(): void;
}

export function keepModules(): ModuleKeeper {
  const list: KeptModule[] = [];
  const positions = new WeakMap<object, number>();
  let room = MOST_BYTES;

  const keep = (view: Uint8Array): Uint8Array | null => {
    const length = viewLength(view);
    if (length > room) return null;
    const copy = new Bytes(length);
    setBytes(copy, view);
    return copy;
  };
  const hold = async (kept: KeptModule, response: Response): Promise<void> => {
    try {
      const buffer = await responseBytes!(response);
      const length = bufferLength(buffer);
      if (length > room) return;
      kept.bytes = new Bytes(buffer);
      room -= length;
    } catch {
      // The page's own copy of it fails likewise.
    }
  };
  const split = async (source: unknown, kept: KeptModule): Promise<unknown> => {
    const response = await source;
    try {
      const copy = responseClone!(response as Response);
      kept.url = textSlice(responseUrl!(response), 0, MOST_TEXT);
      void hold(kept, copy);
    } catch {
      // No response, or one that is already read: the original says so.
    }
    return response;
  };
  return {
    list,
    copy(source) {
      const view = viewOf(source);
      return view && { url: '', bytes: keep(view), sha256: null };
    },
    stream(source) {
      const kept: KeptModule = { url: '', bytes: null, sha256: null };
      return { kept, source: split(source, kept) };
    },
    made(module, kept) {
      let position = 0;
      while (position < list.length && !isSame(list[position]!, kept)) position++;
      if (position === MOST_MODULES) return;
      if (position === list.length) {
        list[position] = kept;
        if (kept.url === '' && kept.bytes) room -= viewLength(kept.bytes);
      }
      mapSet(positions as never, module, position);
    },
    positionOf: (module) => (mapGet(positions as never, module) as number | undefined) ?? -1,
    clear() {
      list.length = 0;
    },
  };
}

/** Looks at bytes without asking the page anything: what is no buffer makes the getters throw. */
function viewOf(source: unknown): Uint8Array | null {
  try {
    if (!isView(source)) return new Bytes(source as ArrayBuffer, 0, bufferLength(source));
    const isData = isDataView(source);
    const length = isData ? dataLength(source) : viewLength(source);
    return new Bytes(isData ? dataBuffer(source) : viewBuffer(source), isData ? dataOffset(source) : viewOffset(source), length);
  } catch {
    return null;
  }
}

function isDataView(view: ArrayBufferView): boolean {
  try {
    dataLength(view);
    return true;
  } catch {
    return false;
  }
}

/** A page that compiles the same again and again is not to fill the memory with it. */
function isSame(one: KeptModule, other: KeptModule): boolean {
  if (!one.bytes || !other.bytes || one.url !== other.url) return false;
  const length = viewLength(one.bytes);
  if (viewLength(other.bytes) !== length) return false;
  for (let i = 0; i < length; i++) if (one.bytes[i] !== other.bytes[i]) return false;
  return true;
}
