import { intrinsics } from './intrinsics.js';

const { bufferLength, dataBuffer, dataLength, dataOffset, isView, mapGet, mapSet, setBytes, textSlice, Bytes } = intrinsics;
const { viewBuffer, viewLength, viewOffset, responseBytes, responseClone, responseUrl } = intrinsics;

/** Limit for all modules of a realm. Those of ONNX Runtime have 14 to 25 MB. */
const MOST_BYTES = 256 << 20;
const MOST_MODULES = 256;
const MOST_TEXT = 4000;

export interface KeptModule {
  url: string;
  /** Null: already returned, too large, or not complete yet. */
  bytes: Uint8Array | null;
  /** Set once the collector has reported it. */
  sha256: string | null;
}

/** The bytes of the modules of this realm. */
export interface ModuleKeeper {
  readonly list: readonly KeptModule[];
  /** Copies bytes that are about to be compiled. @returns null if it gets no bytes */
  copy(source: unknown): KeptModule | null;
  /** Takes the response that is about to be compiled. @returns where its bytes will be kept, and the response to compile */
  stream(source: unknown): { readonly kept: KeptModule; readonly source: Promise<unknown> };
  /** Records that the module has compiled. */
  made(module: object, kept: KeptModule): void;
  /** Position in the list; -1 for a module that arrived compiled. */
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
      // The page's own copy fails in the same way.
    }
  };
  const split = async (source: unknown, kept: KeptModule): Promise<unknown> => {
    const response = await source;
    try {
      const copy = responseClone!(response as Response);
      kept.url = textSlice(responseUrl!(response), 0, MOST_TEXT);
      void hold(kept, copy);
    } catch {
      // Not a response, or one that is already read: the original call reports it.
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

/** A view of bytes, without running the page's code. The getters throw for anything that is no buffer. */
export function viewOf(source: unknown): Uint8Array | null {
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

/** So that repeated compilation of the same bytes does not fill the memory. */
function isSame(one: KeptModule, other: KeptModule): boolean {
  if (!one.bytes || !other.bytes || one.url !== other.url) return false;
  const length = viewLength(one.bytes);
  if (viewLength(other.bytes) !== length) return false;
  for (let i = 0; i < length; i++) if (one.bytes[i] !== other.bytes[i]) return false;
  return true;
}
