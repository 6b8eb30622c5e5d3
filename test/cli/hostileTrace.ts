import { payloads } from '../report/hostile.js';

const more: readonly string[] = [
  '\u001b]0;title\u0007',
  '\u001b[2J\u001b[1;1H',
  '\u009b31m',
  'a\u0000b',
  'x\r\nReport: file:///etc/passwd',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '<a href="javascript:window.hostile=1">x</a>',
  "');window.hostile=1;('",
];

/** Names that do something where they are read as more than text. */
export const hostileTexts: readonly string[] = [...payloads, ...more];

/** A trace in which every text that an analysis may show is one of these: names, addresses, threads, functions, user timing. */
export function hostileTrace(texts: readonly string[]): string {
  let next = 0;
  const text = (): string => texts[next++ % texts.length]!;
  const events: object[] = [];
  const thread = { pid: 1, tid: 1 };
  for (let pid = 1; pid <= 3; pid++) {
    events.push({ name: 'process_name', ph: 'M', pid, tid: 0, args: { name: text() } });
    events.push({ name: 'process_labels', ph: 'M', pid, tid: 0, args: { labels: text() } });
    for (let tid = 1; tid <= 3; tid++) events.push({ name: 'thread_name', ph: 'M', pid, tid, args: { name: text() } });
  }
  const profile = { cat: 'disabled-by-default-v8.cpu_profiler', ph: 'P', id: '0x1', ...thread };
  const measured = { cat: 'blink.user_timing', ...thread };
  events.push({ ...profile, name: 'Profile', ts: 0, args: { data: { startTime: 0 } } });
  texts.forEach((name, i) => {
    const ts = 1000 * (i + 1);
    events.push({ ph: 'b', name, ts, id: `0x${i}`, ...measured, args: { detail: text() } });
    events.push({ ph: 'e', name, ts: ts + 900, id: `0x${i}`, ...measured });
    events.push({
      ph: 'X',
      cat: text(),
      name: text(),
      ts,
      dur: 800,
      tdur: 700,
      ...thread,
      args: { [text()]: text(), url: text() },
    });
    events.push({ ph: 'X', cat: 'toplevel', name: text(), ts, dur: 100, pid: 2, tid: 2, args: { data: { url: text() } } });
    const callFrame = { functionName: text(), url: text(), scriptId: i, lineNumber: 1, columnNumber: i };
    const nodes = [
      { id: 2 * i + 1, callFrame: { ...callFrame, codeType: 'JS' } },
      { id: 2 * i + 2, callFrame: { ...callFrame, functionName: text(), codeType: 'wasm' } },
    ];
    const samples = [2 * i + 1, 2 * i + 2, 2 * i + 2];
    const data = { cpuProfile: { nodes, samples }, timeDeltas: [ts - (i === 0 ? 0 : ts - 700), 100, 200] };
    events.push({ ...profile, name: 'ProfileChunk', ts: ts + 850, args: { data } });
  });
  return JSON.stringify({ metadata: { [text()]: text(), product: text() }, traceEvents: events });
}
