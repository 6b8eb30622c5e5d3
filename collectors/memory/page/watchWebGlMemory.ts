import { replaceMethod } from '../../gpuHook/page/replaceMethod.js';
import { texelBytes } from './texelBytes.js';

type Context = WebGL2RenderingContext;

/** Calls that set the size of the bound object, and that free an object. */
export const SIZING = ['texStorage2D', 'texImage2D', 'renderbufferStorage', 'bufferData'] as const;
export const FREEING = ['deleteTexture', 'deleteRenderbuffer', 'deleteBuffer'] as const;

export interface WebGlSizes {
  /** After a call that sets a size. */
  sized(name: (typeof SIZING)[number], context: Context, parameters: readonly unknown[]): void;
  /** When an object is deleted. */
  freed(object: unknown): void;
}

/**
 * Counts the bytes of a WebGL context's textures, renderbuffers and buffers, from the call that sets their size until deletion.
 * A call is about the bound object. The page's own process knows the binding, so querying it causes no round trip.
 * https://registry.khronos.org/webgl/specs/latest/2.0/
 */
export function webGlSizes(add: (bytes: number) => void): WebGlSizes {
  /** Bytes by part of an object: a texture's level and side, or a whole buffer. */
  const held = new WeakMap<object, Map<string, number>>();
  const set = (object: object | null, part: string, bytes: number): void => {
    if (object === null) return;
    const parts = held.get(object) ?? new Map<string, number>();
    held.set(object, parts);
    const before = parts.get(part) ?? 0;
    parts.set(part, bytes);
    add(bytes - before);
  };
  const after: Readonly<Record<(typeof SIZING)[number], (context: Context, parameters: readonly number[]) => void>> = {
    texStorage2D(context, [target, levels, format, width, height]) {
      const sides = target === context.TEXTURE_CUBE_MAP ? 6 : 1;
      set(textureAt(context, target!), 'all', sides * mipmaps(levels!, width!, height!) * texelBytes(format!));
    },
    texImage2D(context, [target, level, format, ...rest]) {
      // With an element (an image, a canvas), the call has six parameters and no sizes.
      if (rest.length < 5) return;
      const [width, height, , outer, type] = rest;
      set(textureAt(context, target!), `${target} ${level}`, width! * height! * texelBytes(format!, outer, type));
    },
    renderbufferStorage(context, [, format, width, height]) {
      const buffer = context.getParameter(context.RENDERBUFFER_BINDING) as object | null;
      set(buffer, 'all', width! * height! * texelBytes(format!));
    },
    bufferData(context, [target, data, , from = 0, length = 0]) {
      const binding = BUFFER_BINDINGS[target!];
      if (binding !== undefined) set(context.getParameter(binding) as object | null, 'all', sizeOf(data, from, length));
    },
  };
  return {
    sized: (name, context, parameters) => after[name](context, parameters as readonly number[]),
    freed(object) {
      const parts = typeof object === 'object' && object !== null ? held.get(object) : undefined;
      if (!parts) return;
      held.delete(object as object);
      add(-[...parts.values()].reduce((sum, bytes) => sum + bytes, 0));
    },
  };
}

/** Counts so by replacing the methods of a prototype. */
export function watchWebGlMemory(prototype: Context, add: (bytes: number) => void): void {
  const sizes = webGlSizes(add);
  for (const name of SIZING) {
    replaceMethod(prototype, name, (original) => {
      return function (this: Context, ...parameters: unknown[]) {
        const result = original.apply(this, parameters);
        sizes.sized(name, this, parameters);
        return result;
      };
    });
  }
  for (const name of FREEING) {
    replaceMethod(prototype, name, (original) => {
      return function (this: Context, object: object | null) {
        sizes.freed(object);
        return original.call(this, object);
      };
    });
  }
}

/** Binding points of buffers, and the parameters that return the bound buffer. */
const BUFFER_BINDINGS: Readonly<Record<number, number>> = {
  34962: 34964, // ARRAY_BUFFER
  34963: 34965, // ELEMENT_ARRAY_BUFFER
  35051: 35053, // PIXEL_PACK_BUFFER
  35052: 35055, // PIXEL_UNPACK_BUFFER
  35345: 35368, // UNIFORM_BUFFER
  36662: 36662, // COPY_READ_BUFFER
  36663: 36663, // COPY_WRITE_BUFFER
};

function textureAt(context: Context, target: number): object | null {
  const isFlat = target === context.TEXTURE_2D;
  return context.getParameter(isFlat ? context.TEXTURE_BINDING_2D : context.TEXTURE_BINDING_CUBE_MAP) as object | null;
}

/** Texels of `levels` levels, each half as wide and high as the one before. */
function mipmaps(levels: number, width: number, height: number): number {
  let texels = 0;
  for (let level = 0; level < levels; level++) texels += Math.max(1, width >> level) * Math.max(1, height >> level);
  return texels;
}

function sizeOf(data: unknown, from: number, length: number): number {
  if (typeof data === 'number') return data;
  if (!ArrayBuffer.isView(data)) return data instanceof ArrayBuffer || data instanceof SharedArrayBuffer ? data.byteLength : 0;
  // For a part of a view, sizes are in its elements.
  const unit = 'BYTES_PER_ELEMENT' in data ? Number(data.BYTES_PER_ELEMENT) : 1;
  return length > 0 ? length * unit : data.byteLength - from * unit;
}
