// Runs a small module in Chromium under the CPU profiler and keeps what the trace says of its functions, beside the module.
// Usage: node test/wasm/recorded/regenerate.mjs <path of a Chromium>
import { writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const leb = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...leb(n >> 7)]);
const text = (s) => [s.length, ...Buffer.from(s)];
const section = (id, ...content) => [id, ...leb(content.flat(2).length), ...content.flat(2)];
const body = (...bytes) => [...leb(bytes.length), ...bytes];
// f(n): counts n down. The first has padding before it (nops and locals), so that start, size and locals stand apart.
const countDown = (...before) => body(...before, 0x03, 0x40, 0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b, 0x0b);
const module = [
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, [1, 0x60, 1, 0x7f, 0]),
  ...section(2, [1, ...text('env'), ...text('imported'), 0, 0]),
  ...section(3, [3, 0, 0, 0]),
  ...section(7, [3, ...text('first'), 0, 1, ...text('second'), 0, 2, ...text('third'), 0, 3]),
  ...section(10, [3, countDown(0), countDown(1, 3, 0x7f, ...Array(200).fill(1)), countDown(2, 1, 0x7f, 2, 0x7d)]),
  // Of the three, the second has a name in the name section.
  ...section(0, [...text('name'), 1, 8, 1, 2, ...text('named')]),
];
const bytes = Buffer.from(module);

const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox'] });
const page = await browser.newPage();
const session = await page.context().newCDPSession(page);
const events = [];
session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
await session.send('Tracing.start', {
  transferMode: 'ReportEvents',
  traceConfig: { includedCategories: ['disabled-by-default-v8.cpu_profiler'] },
});
await page.evaluate(
  async (source) => {
    const { instance } = await WebAssembly.instantiate(new Uint8Array(source), { env: { imported() {} } });
    for (const run of Object.values(instance.exports)) run(300_000_000);
  },
  [...bytes],
);
const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
await session.send('Tracing.end');
await done;
const product = browser.version();
await browser.close();

const frames = new Map();
for (const event of events) {
  for (const node of event.args?.data?.cpuProfile?.nodes ?? []) {
    const { codeType, functionName, columnNumber } = node.callFrame;
    if (codeType === 'wasm') frames.set(functionName, columnNumber);
  }
}
const functions = [...frames].map(([functionName, columnNumber]) => ({ functionName, columnNumber }));
const out = new URL('./v8-offsets.json', import.meta.url);
writeFileSync(
  out,
  `${JSON.stringify({ browser: `Chromium ${product}`, module: bytes.toString('base64'), functions }, null, 2)}\n`,
);
