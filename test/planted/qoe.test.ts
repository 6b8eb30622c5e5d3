import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { mean, median } from 'simple-statistics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clip } from '../../analyzers/activity/spans.js';
import { type FrameCauseId, frameCauseIds } from '../../analyzers/qoe/frameCauses.js';
import { type QoeRound, qoeRounds } from '../../analyzers/qoe/rounds.js';
import { launchBrowser } from '../../collectors/browser/launchBrowser.js';
import { browserProcesses } from '../../collectors/browser/processes.js';
import type { HarnessServer } from '../../collectors/harness/server.js';
import { openHarness } from '../../collectors/harness/session.js';
import { openPage, useRound } from '../../collectors/qoe/useRound.js';
import { roundMeasure } from '../../src/bundle/qoeLog.js';
import { readTraceFile } from '../../src/bundle/readTraceFile.js';
import { random } from '../../src/stats/random.js';
import { log } from '../analyzers/qoe/buildRounds.js';
import { serveScripts } from '../collectors/serveScripts.js';
import { suiteFolder } from '../collectors/suiteFolder.js';
import { DISPATCHES, draws } from './gpuLoads.js';
import { startHogs } from './hogs.js';
import { prefer } from './prefer.js';

/**
 * Causes of frames that were not smooth, planted on the main thread of a page that is used, or beside it. What is planted is work of
 * a fixed amount, since a loop that watches the clock would take the core that others left it.
 */
const SECONDS = 8;

/** Work of about 50 ms on a free core, in tasks of its own; each is measured as `plant`. */
const TASKS = `(() => {
  const once = (rounds) => { let x = 1; for (let i = 0; i < rounds; i++) x = Math.imul(x, 48271) ^ i; return x; };
  for (let i = 0; i < 5; i++) once(1e7);
  const start = performance.now(); once(2e7);
  const rounds = Math.round((2e7 * 50) / (performance.now() - start));
  const planted = () => { const from = performance.now(); window.x = once(rounds); performance.measure(NAME, { start: from, end: performance.now() }); };
  setInterval(planted, 200);
})()`;

/** Collections of a heap with much in it that stays. */
const GARBAGE = `(() => {
  window.kept = Array.from({ length: 2_000_000 }, (_, i) => ({ i }));
  setInterval(() => {
    const from = performance.now();
    gc();
    performance.measure('plant', { start: from, end: performance.now() });
  }, 250);
})()`;

/** Scripts that are compiled when they are added, each anew: a number in it differs. */
const COMPILE = `(() => {
  let next = 0;
  setInterval(() => {
    const salt = next++;
    const one = (i) => '(function(a){let b=a+' + (i + salt) + ';for(let i=0;i<b;i++){b^=i*a;if(b>a)a+=b&7;else b-=a>>2}return [a,b,{a,b}]});';
    const script = document.createElement('script');
    script.textContent = Array.from({ length: 4000 }, (_, i) => one(i)).join('');
    const from = performance.now();
    document.head.append(script);
    performance.measure('plant', { start: from, end: performance.now() });
    script.remove();
  }, 250);
})()`;

const folder = suiteFolder();
let browser: Browser;
let server: HarnessServer;
beforeAll(async () => {
  ({ browser } = await launchBrowser({ v8Flags: ['--expose-gc'] }));
  server = await serveScripts();
});

interface Row {
  readonly planted: string;
  readonly affected: number;
  readonly under: number;
  readonly named: string;
  readonly elsewhere: string;
  readonly smooth: number;
}
const rows: Row[] = [];
afterAll(async () => {
  await browser?.close();
  await server?.close();
  const table = [
    '| planted | vsyncs not smooth | of them under a plant | causes of these | causes of the others | smooth |',
    '| --- | ---: | ---: | --- | --- | ---: |',
    ...rows.map(
      (row) =>
        `| ${row.planted} | ${row.affected} | ${row.under} | ${row.named} | ${row.elsewhere} | ${(row.smooth * 100).toFixed(1)} % |`,
    ),
  ].join('\n');
  const where = `${browser.version()}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, ${new Date().toISOString().slice(0, 10)}`;
  console.log(`\n${where}\n\n${table}\n`);
  if (process.env.PLANTED_REPORT) {
    await writeFile(join(process.env.PLANTED_REPORT, 'planted-qoe.md'), `${INTRODUCTION}\nChromium ${where}:\n\n${table}\n`);
  }
});

const INTRODUCTION = `# Causes of frames that were not smooth, planted on purpose

What the tool finds of work that was put on the main thread of a page that is used, or beside it, also on the GPU: \`npm run test:planted\`.

The page has a list that is used by real input, an animation of the main thread and one of the compositor, and a video. A vsync is under a
plant if any part of it is within a planted task. Weights of causes are counts of vsyncs; one with two causes counts in parts.
`;

/** Uses a page while a script runs in it. @returns the round, split into what is under the plants and what is not */
async function used(
  name: string,
  script: string,
  {
    meanwhile = async () => {},
    mainMoves = true,
    on = browser,
    viewport,
  }: {
    readonly meanwhile?: () => Promise<unknown>;
    readonly mainMoves?: boolean;
    readonly on?: Browser;
    readonly viewport?: { readonly width: number; readonly height: number };
  } = {},
) {
  const session = await openHarness(on, server, new AbortController().signal);
  try {
    await openPage(on, session.page, server.origin);
    if (viewport) await session.page.setViewportSize(viewport);
    const own = join(folder(), name);
    const { seen } = await useRound(
      { browser: on, session, origin: server.origin },
      { folder: own, measure: roundMeasure('r1'), seconds: SECONDS, parts: { hasVideo: false, mainMoves }, next: random(1) },
      async (forMs) => {
        if (script !== '') await session.page.evaluate(script);
        await meanwhile();
        await new Promise((resolve) => setTimeout(resolve, forMs));
      },
    );
    const trace = await readTraceFile(join(own, 'trace.json.gz'));
    // A round without inference must show none.
    const round = { round: 0, condition: 'main' as const, ...seen, inferencesMs: [] };
    const input = { log: { ...log, rounds: [round] }, recorded: [{ trace, scheduling: null }] };
    const { columns, length } = trace.tables.userTiming;
    const planted = Array.from({ length }, (_, row) => row)
      .filter((row) => /^(plant|inferscope:r1:iteration:0)$/.test(columns.name.at(row)) && columns.kind.at(row) === 'measure')
      .map((row) => ({ startUs: columns.startUs[row]!, endUs: columns.startUs[row]! + columns.durationUs[row]!, value: null }));
    const {
      rounds: [whole],
    } = qoeRounds(input, 'r1');
    const isUnder = (startUs: number): boolean => clip(planted, startUs, startUs + 16_667).length > 0;
    return { round: whole!, planted, isUnder, trace };
  } finally {
    await session.close();
  }
}

type Use = Awaited<ReturnType<typeof used>>;

/** Keeps a row for the table. @returns weights under the plants and elsewhere */
function judged(planted: string, { round, isUnder }: Use) {
  const affected = round.affected.filter(({ verdict }) => verdict === 'missed' || verdict === 'partial');
  const weigh = (of: typeof affected): Readonly<Record<FrameCauseId, number>> =>
    Object.fromEntries(frameCauseIds.map((id) => [id, of.reduce((sum, { causes }) => sum + (causes[id] ?? 0), 0)])) as never;
  const under = weigh(affected.filter(({ startUs }) => isUnder(startUs)));
  const elsewhere = weigh(affected.filter(({ startUs }) => !isUnder(startUs)));
  const count = affected.filter(({ startUs }) => isUnder(startUs)).length;
  const text = (weights: Readonly<Record<FrameCauseId, number>>): string =>
    frameCauseIds.flatMap((id) => (weights[id] >= 0.5 ? `\`${id}\` ${weights[id].toFixed(1)}` : [])).join(', ') || '—';
  const smooth = smoothShare(round);
  rows.push({ planted, affected: affected.length, under: count, named: text(under), elsewhere: text(elsewhere), smooth });
  return { under, elsewhere, count, smooth };
}

function smoothShare({ vsyncs }: QoeRound): number {
  const wanted = vsyncs.filter(({ verdict }) => verdict !== 'idle');
  return mean(wanted.map(({ verdict }) => (verdict === 'onTime' ? 1 : 0)));
}

describe('causes of frames', () => {
  test('none are found where nothing is planted', async () => {
    const { smooth } = judged('nothing', await used('nothing', ''));
    expect(smooth).toBeGreaterThan(0.97);
  });

  test('a task of the page', async () => {
    const { under, count, elsewhere } = judged('tasks of a script', await used('tasks', TASKS.replace('NAME', "'plant'")));
    expect(count).toBeGreaterThan(15);
    expect(under['frame.script']).toBeGreaterThan(0.9 * count);
    expect(elsewhere['frame.script']).toBeLessThan(0.05 * count + 2);
    expect(under['frame.inference']).toBe(0);
  });

  test('an inference on the main thread', async () => {
    const name = "'inferscope:r1:iteration:0'";
    const { under, count } = judged('inference on the main thread', await used('inference', TASKS.replace('NAME', name)));
    expect(count).toBeGreaterThan(15);
    expect(under['frame.inference']).toBeGreaterThan(0.9 * count);
  });

  test('garbage', async () => {
    const { under, count } = judged('collections of garbage', await used('garbage', GARBAGE));
    expect(count).toBeGreaterThan(5);
    expect(under['frame.gc']).toBeGreaterThan(0.9 * count);
  });

  test('code that is compiled', async () => {
    const { under, count } = judged('scripts that are compiled', await used('compile', COMPILE));
    expect(count).toBeGreaterThan(10);
    expect(under['frame.compile']).toBeGreaterThan(0.8 * count);
  });

  test('none are found where only the compositor moves, whatever the main thread does', async () => {
    const script = TASKS.replace('NAME', "'plant'");
    const { smooth, under } = judged(
      'the same tasks, only the compositor moves',
      await used('compositor', script, { mainMoves: false }),
    );
    expect(smooth).toBeGreaterThan(0.97);
    expect(under['frame.script']).toBe(0);
  });

  test('other programs on the same cores', async () => {
    const hogs = await startHogs(cpus().length);
    try {
      const use = await used('hogs', TASKS.replace('NAME', "'inferscope:r1:iteration:0'"), { meanwhile: async () => hogs.run() });
      const { under, elsewhere } = judged('the same, and a busy program on every core', use);
      const preempted = under['frame.preempted'] + elsewhere['frame.preempted'];
      expect(preempted).toBeGreaterThan(10);
    } finally {
      hogs.end();
    }
  });
});

describe('a GPU that the processor stands in for', () => {
  let gpu: Browser;
  /** What is used of the page and no more: the processor takes 12 ms to draw 1280 × 720 pixels, which leaves little of a vsync. */
  const viewport = { width: 640, height: 540 };
  beforeAll(async () => {
    ({ browser: gpu } = await launchBrowser({ gpu: 'software' }));
    await prefer([process.pid, ...(await browserProcesses(gpu)).map(({ id }) => id)]);
  });
  afterAll(async () => {
    await gpu?.close();
  });

  // The processor also draws the page, and is late for some vsyncs by itself (`frame.draw`).
  test('draws the page nearly as smoothly where nothing else is asked of it, and nothing of that is the GPU’s', async () => {
    const { under, elsewhere, smooth } = judged('nothing, drawn on the GPU', await used('no-draws', '', { on: gpu, viewport }));
    expect(smooth).toBeGreaterThan(0.95);
    expect(under['frame.gpu'] + elsewhere['frame.gpu']).toBe(0);
  });

  test.each([
    ['draws of a worker that are read back at once', 'read', draws(true)],
    ['draws of a worker that are not read back', 'unread', draws(false)],
    ['dispatches of a worker on WebGPU', 'webgpu', DISPATCHES],
  ])('holds frames up by %s, which are neither inference nor other programs', async (what, name, script) => {
    const { under, elsewhere, count } = judged(what, await used(name, script, { on: gpu, viewport }));
    expect(count).toBeGreaterThan(15);
    expect(under['frame.gpu']).toBeGreaterThan(0.8 * count);
    expect(elsewhere['frame.gpu']).toBeLessThan(0.05 * count + 2);
    expect(under['frame.inference']).toBe(0);
    expect(under['frame.preempted']).toBeLessThan(0.05 * count);
  });
});

const HANDLER_MS = 40;
/** Every input is handled for so long. */
const HANDLER = `for (const type of ['keydown', 'click']) {
  addEventListener(type, () => { for (const end = performance.now() + ${HANDLER_MS}; performance.now() < end; ); }, true);
}`;

test('a handler that takes longer is found in the handlers, and nowhere else', async () => {
  const parts = ({ round }: Use) => {
    const of = (part: 'delayUs' | 'processingUs'): number => median(round.interactions.map((one) => one[part])) / 1000;
    expect(round.interactions.length).toBe(round.log.operations.length);
    return { delay: of('delayUs'), processing: of('processingUs') };
  };
  const without = parts(await used('no-handler', ''));
  const planted = parts(await used('handler', HANDLER));
  expect(Math.abs(planted.processing - without.processing - HANDLER_MS)).toBeLessThan(3);
  expect(Math.abs(planted.delay - without.delay)).toBeLessThan(3);
});

/** Frames of the video that the page was told of: number by its time, and by what is drawn in it. */
const FRAMES = `new Promise((resolve) => {
  const video = document.querySelector('video');
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const seen = [];
  const look = (_, { mediaTime }) => {
    context.drawImage(video, 0, 0);
    let drawn = 0;
    for (let bit = 0; bit < 16; bit++) {
      const [red] = context.getImageData(bit * 16 + 8, canvas.height - 8, 1, 1).data;
      if (red > 128) drawn |= 1 << bit;
    }
    seen.push({ timed: mediaTime * 30, drawn });
    if (seen.length < 100) video.requestVideoFrameCallback(look); else resolve(seen);
  };
  video.requestVideoFrameCallback(look);
  video.play();
})`;

test('frames of the video are numbered by their time as they are by what they show', async () => {
  const session = await openHarness(browser, server, new AbortController().signal);
  try {
    await openPage(browser, session.page, server.origin);
    expect(await session.page.evaluate(() => window.inferscopeQoe.makeVideo())).toBeNull();
    await session.page.evaluate(() => window.inferscopeQoe.build({ hasVideo: true, mainMoves: true }));
    const seen = (await session.page.evaluate(FRAMES)) as { timed: number; drawn: number }[];
    expect(seen).toHaveLength(100);
    for (const { timed, drawn } of seen) {
      // Times in WebM are whole milliseconds.
      expect(Math.abs(timed - Math.round(timed))).toBeLessThan(0.02);
      expect(drawn).toBe(Math.round(timed));
    }
  } finally {
    await session.close();
  }
});
