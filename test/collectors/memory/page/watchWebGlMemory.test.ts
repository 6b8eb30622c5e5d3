import { expect, test } from 'vitest';
import { watchWebGlMemory } from '../../../../collectors/memory/page/watchWebGlMemory.js';

const R32F = 33326;
const RGBA32F = 34836;
const ARRAY_BUFFER = 34962;

/** As much of a context as is asked: one binding point of each kind. */
function watched() {
  class Context {
    readonly TEXTURE_2D = 3553;
    readonly TEXTURE_BINDING_2D = 32873;
    readonly TEXTURE_CUBE_MAP = 34067;
    readonly TEXTURE_BINDING_CUBE_MAP = 34068;
    readonly RENDERBUFFER_BINDING = 36007;
    bound: object | null = {};
    getParameter(): object | null {
      return this.bound;
    }
    texStorage2D(..._: number[]): void {}
    texImage2D(..._: unknown[]): void {}
    renderbufferStorage(..._: number[]): void {}
    bufferData(..._: unknown[]): void {}
    deleteTexture(_: object | null): void {}
    deleteRenderbuffer(_: object | null): void {}
    deleteBuffer(_: object | null): void {}
  }
  let bytes = 0;
  watchWebGlMemory(Context.prototype as unknown as WebGL2RenderingContext, (more) => {
    bytes += more;
  });
  return { context: new Context(), held: () => bytes };
}

test('a texture holds its texels of all levels until it is deleted, once', () => {
  const { context, held } = watched();
  const texture = context.bound;
  context.texStorage2D(context.TEXTURE_2D, 3, RGBA32F, 4, 2);
  expect(held()).toBe((8 + 2 + 1) * 16);
  context.deleteTexture(texture);
  context.deleteTexture(texture);
  context.deleteTexture(null);
  expect(held()).toBe(0);
});

test('a level of a texture that is given anew takes the place of the old one', () => {
  const { context, held } = watched();
  context.texImage2D(context.TEXTURE_2D, 0, R32F, 10, 10, 0, 6403, 5126, null);
  context.texImage2D(context.TEXTURE_2D, 1, R32F, 5, 5, 0, 6403, 5126, null);
  expect(held()).toBe(500);
  context.texImage2D(context.TEXTURE_2D, 0, R32F, 2, 2, 0, 6403, 5126, null);
  expect(held()).toBe(116);
});

test('buffers hold what they are given, by size or by data, or by a part of it', () => {
  const { context, held } = watched();
  context.bufferData(ARRAY_BUFFER, 64, 0);
  expect(held()).toBe(64);
  context.bufferData(ARRAY_BUFFER, new Float32Array(4), 0);
  expect(held()).toBe(16);
  context.bufferData(ARRAY_BUFFER, new Float32Array(4), 0, 1);
  expect(held()).toBe(12);
  context.bufferData(ARRAY_BUFFER, new Float32Array(4), 0, 1, 2);
  expect(held()).toBe(8);
  context.deleteBuffer(context.bound);
  expect(held()).toBe(0);
});

test('a call on nothing counts nothing', () => {
  const { context, held } = watched();
  context.bound = null;
  context.texStorage2D(context.TEXTURE_2D, 1, RGBA32F, 4, 4);
  context.renderbufferStorage(0, RGBA32F, 4, 4);
  context.bufferData(ARRAY_BUFFER, 64, 0);
  expect(held()).toBe(0);
});
