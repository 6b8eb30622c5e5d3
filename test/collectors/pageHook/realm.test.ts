import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchFor } from '../../../collectors/browser/launchBrowser.js';
import type { Hooked, RealmLogs } from '../../../collectors/pageHook/hooked.js';
import { hookPage, hookWorker } from '../../../collectors/pageHook/installHook.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';
import { moduleOf, op } from '../../wasm/builder.js';
import { forAnswer } from './openHooked.js';

/** Exports `b`, `a` and, at the front of no order, `7`; `b` calls `a` 65,472 times. */
const module = moduleOf({
  functions: [[], [0x41, 0xc0, 0xff, 0x03, 0x21, 0, ...op.loop(op.call(0), op.count())]],
  exports: { b: 1, a: 0, 7: 0 },
});
const importing = moduleOf({ functions: [[...op.call(0)]], imports: ['a'], exports: { run: 1 } });

/** Long enough to be recorded, and not only counted: ten million rounds. */
const long = { functions: [[0x41, 0x80, 0xad, 0xe2, 0x04, 0x21, 0, ...op.loop(op.count())]], exports: { run: 0 } };
const exportsMemory = moduleOf({ ...long, exportsMemory: true });
const importsMemory = moduleOf({ ...long, memories: [], importedMemory: [1, 2, 4] });
const sharesMemory = moduleOf({ ...long, memories: [], importedMemory: [3, 3, 4] });
const withoutMemory = moduleOf({ ...long, memories: [] });

const callsOf = ({ shortOf, calls }: NonNullable<RealmLogs['wasm']>): number =>
  shortOf!.reduce((sum, count) => sum + count, 0) + calls.name.length;

/** In the page: everything that scripts can reach of what is hooked, each property with its functions, as they are. */
const SNAPSHOT = `globalThis[Symbol.for('before')] ??= (() => {
  const objects = [globalThis, Function.prototype, WebAssembly, performance];
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (/^(GPU|WebGL|HTMLCanvasElement|OffscreenCanvas)/.test(name)) objects.push(globalThis[name].prototype ?? globalThis[name]);
  }
  for (const name of ['Module', 'Instance', 'Table', 'Global', 'Memory']) objects.push(WebAssembly[name], WebAssembly[name].prototype);
  return objects.map((object) => [object, Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key)])]);
})()`;
const CHANGED = `globalThis[Symbol.for('before')].flatMap(([object, before]) => {
  const keys = Reflect.ownKeys(object).filter((key) => key !== Symbol.for('before'));
  const same = before.filter(([key, was]) => {
    const is = Object.getOwnPropertyDescriptor(object, key);
    return is && Object.keys(was).every((field) => Object.is(is[field], was[field]));
  });
  return keys.length === before.length && same.length === before.length
    ? [] : [Object.prototype.toString.call(object), ...before.filter((one) => !same.includes(one)).map(([key]) => String(key))];
})`;

describe.skipIf(!findBrowser())('a realm that was hooked (skipped without a browser: trace doctor --fix)', () => {
  let browser: Browser;
  beforeAll(async () => {
    ({ browser } = await launchFor('wasm'));
  });
  afterAll(() => browser.close());

  async function blank(): Promise<{ page: Page; session: ProtocolSession }> {
    const page = await browser.newPage();
    const session = (await page.context().newCDPSession(page)) as ProtocolSession;
    return { page, session };
  }
  const inPage = (page: Page, body: string) =>
    page.evaluate(`(async () => {
      const bytes = Uint8Array.from(${JSON.stringify([...module])});
      const importing = Uint8Array.from(${JSON.stringify([...importing])});
      ${body}
    })()`);
  const theLog = async (hooked: Hooked) => (await hooked.takeLogs(true, forAnswer))[0]!;

  test('is as it was once the hook is removed: the same properties with the same functions', async () => {
    const { page, session } = await blank();
    await page.evaluate(`${SNAPSHOT}; 0`);
    const hooked = await hookWorker(session, forAnswer);
    expect(await page.evaluate(CHANGED)).toEqual(expect.arrayContaining(['instantiate', 'toString']));
    const keys =
      'Object.keys(Object.getOwnPropertyDescriptors(globalThis)).concat(Object.getOwnPropertySymbols(globalThis)).length';
    const withHook = await page.evaluate(keys);
    expect(await hooked.remove(forAnswer)).toEqual([]);
    expect(await page.evaluate(CHANGED)).toEqual([]);
    expect(await page.evaluate(keys)).toBe(withHook);
    expect(await page.evaluate("performance.getEntriesByType('mark').length")).toBe(0);
    expect(await hooked.takeLogs(true, forAnswer)).toEqual([]);
    await page.close();
  });

  test('looks the same to scripts: names, lengths, sources, and the object of exports', async () => {
    const { page, session } = await blank();
    const look = `
      const { instance, module } = await WebAssembly.instantiate(bytes);
      const { exports } = instance;
      const { Table, Module, Instance } = WebAssembly;
      const table = new Table({ element: 'anyfunc', initial: 2 }, exports.a);
      table.set(1, exports.b);
      const of = (f) => [f.name, f.length, String(f), Function.prototype.toString.call(f), Object.getOwnPropertyNames(f), 'prototype' in f];
      return JSON.stringify([
        Object.keys(exports), Object.isFrozen(exports), Object.getPrototypeOf(exports), exports === instance.exports,
        Object.getOwnPropertyDescriptor(exports, 'a'), of(exports.a), of(exports.b), table.get(0) === exports.a, table.get(1) === exports.b,
        ...['instantiate', 'compile', 'instantiateStreaming', 'compileStreaming', 'Module', 'Instance', 'Table'].map((n) => of(WebAssembly[n])),
        of(Function.prototype.toString), of(Table.prototype.set),
        of(Object.getOwnPropertyDescriptor(Instance.prototype, 'exports').get),
        module instanceof Module, module.constructor === Module, instance.constructor === Instance, Module.exports(module),
        new (class Mine extends Instance {})(module) instanceof Instance,
        (() => { try { Instance(module); } catch (error) { return String(error); } })(),
        (() => { try { new exports.a(); } catch (error) { return error.name; } })(),
        await WebAssembly.compile(new Uint8Array(4)).catch(String),
      ]);`;
    const before = await inPage(page, look);
    await hookWorker(session, forAnswer);
    expect(JSON.parse(String(await inPage(page, look)))).toEqual(JSON.parse(String(before)));
    await page.close();
  });

  test('hands functions back to Wasm as it wants them: as imports, in tables, globals and promising', async () => {
    const { page, session } = await blank();
    const hooked = await hookWorker(session, forAnswer);
    await inPage(
      page,
      `const { instance } = await WebAssembly.instantiate(bytes);
      const { exports } = instance;
      for (const env of [exports, { a: exports.a }]) (await WebAssembly.instantiate(importing, { env })).instance.exports.run();
      new WebAssembly.Instance(new WebAssembly.Module(importing), { env: exports }).exports.run();
      const table = new WebAssembly.Table({ element: 'anyfunc', initial: 1 });
      table.grow(1, exports.a);
      const held = new WebAssembly.Global({ value: 'anyfunc', mutable: true }, exports.a);
      held.value = exports.b;
      if (held.value !== exports.b || table.get(1) !== exports.a) throw new Error('not the same function');
      await WebAssembly.promising?.(exports.b)();
      let refused = '';
      try { table.set(0, () => {}); } catch (error) { refused = error.name; }
      if (refused !== 'TypeError') throw new Error('took a function that is not of Wasm');`,
    );
    const { wasm, modules, problems } = await theLog(hooked);
    expect(problems).toEqual([]);
    expect(modules).toHaveLength(2);
    expect(wasm!.instances).toHaveLength(4);
    expect(new Set(wasm!.instances.map(({ sha256 }) => sha256))).toEqual(new Set(modules.map(({ sha256 }) => sha256)));
    expect(callsOf(wasm!)).toBe(4);
    expect(wasm!.calls.doneMs.filter((doneMs) => doneMs >= 0)).toHaveLength(1);
    await page.close();
  });

  test('is read though the page changes all that it can reach, and is never thrown at', async () => {
    const { page, session } = await blank();
    const hooked = await hookWorker(session, forAnswer);
    // Not by Playwright, whose own script in the page is thrown at too.
    const expression = `(async () => {
      const bytes = Uint8Array.from(${JSON.stringify([...module])});
      const thrower = () => { throw new Error('the page threw'); };
      const { instance } = await WebAssembly.instantiate(bytes);
      const compile = WebAssembly.compile;
      for (const name of ['get', 'set', 'value', 'writable', 'toJSON', 'apply']) {
        const descriptor = Object.assign(Object.create(null), { get: thrower, set: thrower, configurable: true });
        Object.defineProperty(Object.prototype, name, descriptor);
      }
      for (const prototype of [WeakMap.prototype, Map.prototype, Float64Array.prototype, String.prototype, Array.prototype]) {
        for (const name of ['push', 'get', 'set', 'slice', 'map', Symbol.iterator]) {
          if (name in prototype) try { prototype[name] = thrower; } catch {}
        }
      }
      performance.now = thrower;
      JSON.stringify = thrower;
      Reflect.apply = thrower;
      instance.exports.a();
      const module = await compile(bytes);
      new WebAssembly.Instance(module).exports.a();
    })()`;
    const answer = await session.send('Runtime.evaluate', { expression, awaitPromise: true });
    expect(answer).not.toHaveProperty('exceptionDetails');
    const { wasm } = await theLog(hooked);
    expect(wasm!.instances).toHaveLength(2);
    expect(callsOf(wasm!)).toBe(2);
    await page.close();
  });

  test('knows the size of an instance’s memory after each call, whatever the page changes', async () => {
    const { page, session } = await blank();
    const hooked = await hookWorker(session, forAnswer);
    await inPage(
      page,
      `const { Instance, Module, Memory } = WebAssembly;
      const instanceOf = (bytes, imports) => new Instance(new Module(Uint8Array.from(bytes)), imports).exports;
      const own = instanceOf(${JSON.stringify([...exportsMemory])});
      const plain = new Memory({ initial: 2, maximum: 4 });
      const shared = new Memory({ initial: 3, maximum: 4, shared: true });
      const given = instanceOf(${JSON.stringify([...importsMemory])}, { env: { memory: plain } });
      const sharing = (await WebAssembly.instantiate(Uint8Array.from(${JSON.stringify([...sharesMemory])}), { env: { memory: shared } })).instance.exports;
      const none = instanceOf(${JSON.stringify([...withoutMemory])});
      const thrower = () => { throw new Error('the page threw'); };
      for (const [prototype, name] of [[Memory.prototype, 'buffer'], [ArrayBuffer.prototype, 'byteLength'], [Object.getPrototypeOf(shared.buffer), 'byteLength']])
        Object.defineProperty(prototype, name, { get: thrower });
      WeakRef.prototype.deref = thrower;
      globalThis.WeakRef = thrower;
      for (const { run } of [own, given, sharing, none]) run();
      own.memory.grow(4);
      own.run();`,
    );
    const { wasm, problems } = await theLog(hooked);
    expect(problems).toEqual([]);
    const { instance, memoryBytes } = wasm!.calls;
    expect(instance).toEqual([0, 1, 2, 3, 0]);
    expect(memoryBytes!.map((bytes) => (bytes < 0 ? bytes : bytes / 65_536))).toEqual([1, 2, 3, -1, 5]);
    await page.close();
  });

  test('has frames of its own site, which are read too, and each document is hooked once', async () => {
    const { page, session } = await blank();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const hooked = await hookPage(session);
    await page.goto('data:text/html,<p>here');
    await inPage(
      page,
      `for (const source of ['about:blank', null]) {
        const frame = document.createElement('iframe');
        if (source) frame.src = source; else frame.srcdoc = '<p>there';
        const loaded = new Promise((resolve) => { frame.onload = resolve; });
        document.body.append(frame);
        await loaded;
        const { instance } = await frame.contentWindow.WebAssembly.instantiate(bytes);
        instance.exports.a();
      }`,
    );
    const logs = await hooked.takeLogs(true, forAnswer);
    expect(logs.map(({ wasm }) => wasm?.instances.length ?? 0).sort()).toEqual([0, 1, 1]);
    expect(errors).toEqual([]);
    await page.close();
  });
});
