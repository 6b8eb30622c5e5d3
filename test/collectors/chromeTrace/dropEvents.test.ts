import { expect, test } from 'vitest';
import { dropEvents } from '../../../collectors/chromeTrace/dropEvents.js';
import { type Dropped, pollingCount } from '../../../collectors/chromeTrace/polling.js';

const poll = { args: {}, cat: 'gpu.angle', dur: 2, name: 'QueryVk::getResult', ph: 'X', pid: 1, tid: 1, ts: 12 };
const task = {
  args: { src_file: 'gpu/ipc/service/command_buffer_stub.cc', src_func: 'ScheduleDelayedWork' },
  dur: 20,
  name: 'ThreadControllerImpl::RunTask',
  ph: 'X',
  pid: 1,
  tid: 1,
  ts: 10,
};
const work = {
  args: { text: `} "name":"QueryVk::getResult" ]},{ \\ " é 中 \u0001` },
  name: 'Commands {"',
  ph: 'X',
  dur: 5,
  pid: 1,
  tid: 1,
  ts: 9,
};
const begin = { name: 'QueryVk::getResult', ph: 'B', pid: 1, tid: 1, ts: 30 };
const nested = { name: 'other', ph: 'X', dur: 1, args: { name: 'QueryVk::getResult', ph: 'X' }, pid: 1, tid: 1, ts: 40 };

/** As Chrome writes them: an event a line. */
const traceOf = (events: readonly object[]): string =>
  `{"traceEvents":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}],"metadata":{"os-name":"]}","a":[{"name":"QueryVk::getResult","ph":"X","dur":1}]}}\n`;

async function filtered(text: string, step: number): Promise<{ readonly text: string; readonly dropped: Dropped }> {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
  }
  const kept: Buffer[] = [];
  const polling = pollingCount();
  for await (const piece of dropEvents(chunks(), (event) => polling.drops(event))) kept.push(piece);
  return { text: Buffer.concat(kept).toString(), dropped: polling.dropped() };
}

test.each([
  ['first', [poll, task, work]],
  ['last', [work, poll]],
  ['between', [work, poll, begin, task, task, nested]],
  ['everywhere', [task, poll, work, poll, nested, poll, poll]],
  ['the only ones', [poll, task]],
])('drops polling wherever it stands (%s) and however the bytes are cut', async (_, events) => {
  const kept = events.filter((event) => event !== poll && event !== task);
  const names = [...new Set(events.filter((event) => !kept.includes(event)).map(({ name }) => name))].sort();
  const text = traceOf(events);
  for (const step of [1, 2, 3, 7, 64, 251, text.length]) {
    const result = await filtered(text, step);
    expect(JSON.parse(result.text)).toEqual(JSON.parse(traceOf(kept)));
    expect(result.dropped).toEqual({ events: events.length - kept.length, names });
  }
});

test('leaves a trace without polling byte for byte', async () => {
  const text = traceOf([work, begin, nested]);
  for (const step of [1, 5, 1000]) expect(await filtered(text, step)).toEqual({ text, dropped: { events: 0, names: [] } });
});

test('gives the same bytes around what is dropped', async () => {
  expect((await filtered(traceOf([work, poll, begin]), 100)).text).toBe(traceOf([work, begin]));
});

test('passes on an event that is much longer than a chunk', async () => {
  const long = { ...work, args: { text: 'x{"'.repeat(20_000) } };
  expect((await filtered(traceOf([poll, long, poll]), 1000)).text).toBe(traceOf([long]).replace('[\n', '['));
});

test.each([
  ['is cut', traceOf([work, poll]).slice(0, -80)],
  ['has a wrong byte', traceOf([work, poll]).replace('"ph"', '?ph')],
  ['holds something that is no event', '{"traceEvents":[{"name":"a"},7]}'],
  ['is no trace', 'hello, this is no trace at all'],
])('refuses a trace that %s', async (_, text) => {
  await expect(filtered(text, 50)).rejects.toThrow(/trace/);
});
