import { describe, expect, test } from 'vitest';
import { apiHook } from '../../../../collectors/gpuHook/page/apiHook.js';
import { type Body, gpuFrames, passedOn } from '../../../../collectors/gpuHook/page/gpuFrames.js';
import type { Method } from '../../../../collectors/gpuHook/page/replaceMethod.js';
import { type GpuFrame, gpuFrameNames } from '../../../../src/bundle/gpuNames.js';

/** An API with methods of several signatures, as a page sees them. */
function api() {
  class Api {
    readonly state = 7;
    none(...all: unknown[]): unknown[] {
      return [this.state, all.length];
    }
    one(a: unknown, ...more: unknown[]): unknown[] {
      return [this.state, a, ...more];
    }
    nine(...all: number[]): unknown[] {
      return [this.state, all.length, ...all];
    }
    fails(message: string): never {
      throw new TypeError(message);
    }
    hooked(a: number, b: number): number {
      return this.state + a + b;
    }
    get size(): number {
      return this.state;
    }
  }
  return Api;
}

function hookedApi(body?: (original: Method) => Body) {
  const Api = api();
  const hook = apiHook((install) => {
    if (body) install(Api.prototype, 'hooked', 'submit', body);
    install.rest(Api.prototype);
    return async () => {};
  });
  return { Api, hook };
}

describe('a hooked API', () => {
  test('gets the object and every argument, whatever their number, and gives back what it returns', () => {
    const { Api } = hookedApi();
    const it = new Api();
    expect(it.none()).toEqual([7, 0]);
    expect(it.one(1)).toEqual([7, 1]);
    expect(it.none(undefined)).toEqual([7, 1]);
    expect(it.one(1, undefined, 3)).toEqual([7, 1, undefined, 3]);
    expect(it.nine(1, 2, 3, 4, 5, 6, 7, 8, 9)).toEqual([7, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(it.size).toBe(7);
  });

  test('throws what the original throws', () => {
    const { Api } = hookedApi();
    expect(() => new Api().fails('no context')).toThrow(new TypeError('no context'));
  });

  test('has the names, lengths and properties of the original methods', () => {
    const shape = (prototype: object) =>
      Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(([key, { value, enumerable, writable, configurable }]) => ({
        key,
        name: value?.name,
        length: value?.length,
        enumerable,
        writable,
        configurable,
      }));
    const { Api, hook } = hookedApi();
    expect(shape(Api.prototype)).toEqual(shape(api().prototype));
    hook.undo();
    expect(shape(Api.prototype)).toEqual(shape(api().prototype));
  });

  test('is left as it was once the hook is undone', () => {
    const Api = api();
    const before = Object.getOwnPropertyDescriptors(Api.prototype);
    const hook = apiHook((install) => {
      install.rest(Api.prototype);
      return async () => {};
    });
    expect(Api.prototype.one).not.toBe(before.one.value);
    hook.undo();
    expect(Object.getOwnPropertyDescriptors(Api.prototype)).toEqual(before);
  });

  test('runs a method’s own body once, which knows its wrapper', () => {
    const wrappers: Method[] = [];
    const { Api } = hookedApi((original) => (self, parameters, wrapper) => {
      wrappers.push(wrapper);
      return (original.apply(self, parameters) as number) * 10;
    });
    expect(new Api().hooked(1, 2)).toBe(100);
    expect(wrappers).toEqual([Api.prototype.hooked]);
  });
});

test.each(Object.entries(gpuFrameNames))('the frame of %s has the name that profiles are searched for', (frame, name) => {
  expect(gpuFrames[frame as GpuFrame](() => undefined).name).toBe(name);
});

test('so has the frame of a method that is passed on', () => {
  expect(passedOn(() => undefined).name).toBe(gpuFrameNames.encode);
});
