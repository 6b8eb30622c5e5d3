import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchFor } from '../../../collectors/browser/launchBrowser.js';
import { executedIn } from '../../../collectors/counting/executedIn.js';
import { countedModules } from '../../../collectors/page/countedModules.js';
import { countReading } from '../../../collectors/page/countReading.js';
import type { Counting } from '../../../collectors/pageHook/counting.js';
import type { Hooked } from '../../../collectors/pageHook/hooked.js';
import { hookWorker } from '../../../collectors/pageHook/installHook.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';
import type { Wait } from '../../../collectors/whileProgress.js';
import { within } from '../../../collectors/within.js';
import { moduleOf, op } from '../../wasm/builder.js';
import { forAnswer } from './openHooked.js';

/** A page that counts is slow, and the machine may be. */
const patiently: Wait = (work) => within(60_000, work);

/** Local 0 = 1,000, 20 or 3. */
const THOUSAND = [0x41, 0xe8, 0x07, 0x21, 0];
const TWENTY = [0x41, 20, 0x21, 0];
/** A thousand rounds of two vector additions; twenty of a float one; a call of both. It ends with the vector at address 0. */
const functions = [
  [...THOUSAND, ...op.loop(op.vectorFloat(), op.vectorFloat(), op.count())],
  [...TWENTY, ...op.loop(op.float(), op.count())],
  [...op.call(0), ...op.call(1), ...op.vectorStore()],
];
const exports = { vectors: 0, floats: 1, both: 2 };
const own = moduleOf({ functions, exports, exportsMemory: true });
const importing = moduleOf({ functions, exports, memories: [], importedMemory: [0, 1] });
const memory64 = moduleOf({ functions: functions.slice(0, 2), exports: { vectors: 0, floats: 1 }, memories: [[4, 1]] });
/** With an array type, as of garbage collection. */
const collected = Uint8Array.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 7, 2, 0x60, 0, 0, 0x5e, 0x7f, 0, 3, 2, 1, 0, 7, 7, 1, 3, 0x72, 0x75, 0x6e, 0, 0, 10, 4, 1,
  2, 0, 0x0b,
]);

const named = (bytes: Uint8Array) => ({ bytes, sha256: createHash('sha256').update(bytes).digest('hex') });

/** What functions executed, by module and index: calls, iterations of their loops, vector and scalar float operators. */
async function executed(hooked: Hooked, { made }: ReturnType<typeof countedModules>) {
  const realms = (await hooked.takeCounts(patiently)).filter((one) => one !== null);
  const reading = countReading(realms);
  return {
    realms,
    modules: executedIn(made, reading.counters).map(({ functions: of }) =>
      of.map(({ index, calls, loops, executed: { simdFloat = 0, scalarFloat = 0 } }) => ({
        index,
        calls,
        iterations: loops.map(({ iterations }) => iterations),
        floats: [simdFloat, scalarFloat],
      })),
    ),
  };
}
const ran = (times: number) => [
  { index: 0, calls: times, iterations: [1000 * times], floats: [2000 * times, 0] },
  { index: 1, calls: times, iterations: [20 * times], floats: [0, 20 * times] },
  { index: 2, calls: times, iterations: [], floats: [0, 0] },
];

describe.skipIf(!findBrowser())('a page whose modules count (skipped without a browser: trace doctor --fix)', () => {
  let browser: Browser;
  beforeAll(async () => {
    ({ browser } = await launchFor('wasm'));
  });
  afterAll(async () => {
    await browser?.close();
  });

  async function counting(modules: readonly Uint8Array[], changed: (given: Counting) => Counting = (given) => given) {
    const counted = countedModules(modules.map(named), new Set());
    const page = await browser.newPage();
    const session = (await page.context().newCDPSession(page)) as ProtocolSession;
    const hooked = await hookWorker(session, forAnswer, changed(counted.counting));
    return { page, hooked, counted };
  }
  const inPage = (page: Page, body: string) =>
    page.evaluate(`(async () => {
      const bytesOf = (numbers) => Uint8Array.from(numbers);
      const own = bytesOf(${JSON.stringify([...own])});
      const importing = bytesOf(${JSON.stringify([...importing])});
      const memory64 = bytesOf(${JSON.stringify([...memory64])});
      const collected = bytesOf(${JSON.stringify([...collected])});
      const response = (bytes) => new Response(bytes, { headers: { 'Content-Type': 'application/wasm' } });
      ${body}
    })()`);

  test('counts to the digit, in whatever way its modules are compiled, and whoever has the memory', async () => {
    const { page, hooked, counted } = await counting([own, importing, memory64]);
    await inPage(
      page,
      `const { Module, Instance, Memory } = WebAssembly;
      const imports = { env: { memory: new Memory({ initial: 1 }) } };
      const instances = [
        (await WebAssembly.instantiate(own)).instance,
        (await WebAssembly.instantiate(own.buffer)).instance,
        await WebAssembly.instantiate(await WebAssembly.compile(new DataView(own.buffer))),
        (await WebAssembly.instantiateStreaming(Promise.resolve(response(own)))).instance,
        new Instance(await WebAssembly.compileStreaming(response(own))),
        new Instance(new Module(own)),
        new (class Mine extends Instance {})(new Module(importing), imports),
      ];
      for (const { exports } of instances) exports.both();
      const { exports } = new Instance(new Module(memory64));
      exports.vectors();
      exports.floats();`,
    );
    const { modules, realms } = await executed(hooked, counted);
    expect(modules).toEqual([ran(6), ran(1), ran(1).slice(0, 2)]);
    expect(realms[0]!.uncounted).toEqual({ unknown: 0, refused: 0, tooLarge: 0, noMemory: 0 });
    await page.close();
  });

  test('goes on with its own modules where one cannot be rewritten, or is refused, or was not there before', async () => {
    const counted = countedModules([named(moduleOf({ functions: [[0xff]] }))], new Set());
    expect(counted.made.size).toBe(0);
    expect(counted.lacks).toEqual([expect.stringContaining('cannot be rewritten')]);
    const broken = ({ patches, ...rest }: Counting): Counting => ({
      ...rest,
      patches: patches.map((patch) => ({ ...patch, before: [0xff] })),
    });
    const { page, hooked } = await counting([own], broken);
    const answer = await inPage(
      page,
      `const { Module, Instance } = WebAssembly;
      const all = [new Instance(new Module(own)), (await WebAssembly.instantiateStreaming(response(own))).instance];
      for (const { exports } of all) exports.both();
      (await WebAssembly.instantiate(collected)).instance.exports.run();
      const why = [];
      for (const bad of [bytesOf([1, 2, 3]), {}]) await WebAssembly.compile(bad).catch(({ name }) => why.push(name));
      await WebAssembly.compileStreaming(new Response(own)).catch(({ name }) => why.push(name));
      await WebAssembly.compileStreaming(new Response('no', { status: 404, headers: { 'Content-Type': 'application/wasm' } })).catch(({ name }) => why.push(name));
      return why;`,
    );
    expect(answer).toEqual(['CompileError', 'TypeError', 'TypeError', 'TypeError']);
    const { realms } = await executed(hooked, counted);
    expect(realms[0]!.counters).toEqual([]);
    expect(realms[0]!.uncounted).toMatchObject({ unknown: 1, tooLarge: 0 });
    expect(realms[0]!.uncounted.refused).toBeGreaterThanOrEqual(2);
    await page.close();
  });

  test('finds nothing of it: its bytes, what modules and instances export, and results are as before', async () => {
    const look = `
      const { Module, Instance } = WebAssembly;
      const { module, instance } = await WebAssembly.instantiate(own);
      const { exports } = instance;
      exports.both();
      return JSON.stringify([
        [...own], Module.exports(module), Module.imports(module), Module.customSections(module, 'name').length, String(Module.exports),
        Object.keys(exports), 'memory' in exports, Object.isFrozen(exports), exports === instance.exports,
        [...new Uint8Array(exports.memory.buffer, 0, 64)], String(Worker), Worker.name, Worker.prototype.constructor === Worker,
        Object.keys(new Instance(module).exports), Object.getOwnPropertyNames(globalThis).length,
      ]);`;
    const plain = await browser.newPage();
    const before = await inPage(plain, look);
    const { page, hooked } = await counting([own]);
    expect(JSON.parse(String(await inPage(page, look)))).toEqual(JSON.parse(String(before)));
    expect(await hooked.remove(forAnswer)).toEqual([]);
    await Promise.all([page.close(), plain.close()]);
  });

  test('counts though the page changes all that it can reach, and many instances', async () => {
    const { page, hooked, counted } = await counting([own]);
    await inPage(
      page,
      `const thrower = () => { throw new Error('the page threw'); };
      const { instantiateStreaming, Instance, Module } = WebAssembly;
      const given = response(own);
      const changed = [
        [Uint8Array.prototype, ['set', 'subarray', 'slice', Symbol.iterator]],
        [WeakMap.prototype, ['get', 'set']],
        [Response.prototype, ['clone', 'arrayBuffer']],
        [Headers.prototype, ['get']],
        [String.prototype, ['slice', 'charCodeAt']],
        [Array.prototype, ['push', 'map', 'slice', Symbol.iterator]],
      ];
      for (let i = 0; i < changed.length; i++) for (let j = 0; j < changed[i][1].length; j++) changed[i][0][changed[i][1][j]] = thrower;
      globalThis.Uint8Array = globalThis.Response = globalThis.atob = Math.imul = WebAssembly.validate = thrower;
      (await instantiateStreaming(given)).instance.exports.both();
      for (let i = 0; i < 20; i++) new Instance(new Module(own)).exports.both();`,
    );
    const { modules } = await executed(hooked, counted);
    expect(modules).toEqual([ran(21)]);
    await page.close();
  });
});
