import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { quantile } from 'simple-statistics';
import { importTypeScript } from './importTypeScript.mjs';

// What it costs a page of the user's to be attached to, and to be recorded: the median of its inferences, as it logs them itself, over that when nobody looks.
//     npm run bench -- attachEffect [--pairs 20] [--seconds 4] [--page ort-main] [--ways attached,recorded,hooked]
// Medians and lower quartiles of all inferences, and intervals by drawing turns. Pairs of turns in one tab of a Chromium that runs by itself, now the one first and now the other. With hooks, a turn is a tab of its own, and the same inferences after its load are
// compared. Wants a quiet machine.

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '4' },
    page: { type: 'string', default: 'ort-main' },
    ways: { type: 'string', default: 'attached,recorded,hooked' },
  },
});
const pairs = Number(values.pairs);
const turnMs = Number(values.seconds) * 1000;
/** Inferences after a load that are left out: V8 still compiles. */
const SETTLING = 8;
const CALM_MS = 500;

const { openChrome } = await importTypeScript('test/collectors/attach/openChrome.ts');
const { servePages } = await importTypeScript('test/pages/servePages.ts');
const { testPages } = await importTypeScript('test/pages/index.ts');
const { attach } = await import('../dist/collectors/attach/attach.js');
const { switches } = await import('../dist/collectors/browser/switches.js');
const { collectPage } = await import('../dist/collectors/page/collectPage.js');
const { silent } = await import('../dist/collectors/progress.js');
const { bootstrapInterval } = await import('../dist/src/stats/bootstrap.js');

const never = new AbortController().signal;
const folder = await mkdtemp(join(tmpdir(), 'inferscope-bench-'));
const server = await servePages(folder);
const chrome = await openChrome(switches('software'));
const page = testPages.find(({ id }) => id === values.page);
let bundles = 0;

try {
  for (const way of values.ways.split(',')) await measure(way);
} finally {
  await chrome[Symbol.asyncDispose]();
  await server.close();
  await rm(folder, { recursive: true, force: true });
}

async function measure(way) {
  const turn = way === 'hooked' ? inFreshTab : await inOneTab(way);
  const seen = [];
  const unseen = [];
  for (let pair = 0; pair < pairs; pair++) {
    for (const isSeen of pair % 2 === 0 ? [false, true] : [true, false]) (isSeen ? seen : unseen).push(await turn(isSeen));
  }
  await turn.end?.();
  const of = `${seen.flat().length} inferences over ${unseen.flat().length}, in ${pairs} pairs of turns; load ${loadavg()[0].toFixed(1)}`;
  console.log(`${page.id}, ${way}  (${of})`);
  // What other programs take of the cores is in the slower inferences.
  for (const [name, part] of Object.entries({ median: 0.5, 'lower quartile': 0.25 })) {
    const ratio = (some, others) => quantile(some, part) / quantile(others, part);
    const [low, high] = bootstrapInterval([seen, unseen], ratio);
    console.log(
      `  ${name.padEnd(14)} × ${ratio(seen.flat(), unseen.flat()).toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]  (unseen ${quantile(unseen.flat(), part).toFixed(2)} ms)`,
    );
  }
}

async function openTab() {
  const answer = await fetch(`http://127.0.0.1:${chrome.port}/json/new?${server.urlOf(page)}`, { method: 'PUT' });
  return (await answer.json()).id;
}

async function inOneTab(way) {
  const tab = await openTab();
  while (server.takeLog().length < 1) await sleep(CALM_MS);
  await sleep(SETTLING * 500);
  const turn = async (isSeen) => {
    await sleep(CALM_MS);
    server.takeLog();
    if (!isSeen) await sleep(turnMs);
    else if (way === 'recorded') return steadyMs(await recorded(tab, false, turnMs));
    else {
      const attached = await attach({ endpoint: String(chrome.port), tab, allowRemote: false }, silent, never);
      server.takeLog();
      await sleep(turnMs);
      const ms = steadyMs(server.takeLog());
      await attached.close();
      return ms;
    }
    return steadyMs(server.takeLog());
  };
  return Object.assign(turn, { end: () => chrome.closeTab(tab) });
}

/** Opened and let be, or opened, attached to and loaded anew: in both the inferences that come after the first of a load. */
async function inFreshTab(isSeen) {
  server.takeLog();
  const tab = await openTab();
  const log = [];
  while (!log.some(({ phase }) => phase === 'steady')) {
    log.push(...server.takeLog());
    await sleep(CALM_MS);
  }
  const afterMs = turnMs + SETTLING * 300;
  if (isSeen) log.splice(0, log.length, ...(await recorded(tab, true, afterMs + 2000)));
  else {
    await sleep(afterMs);
    log.push(...server.takeLog());
  }
  await chrome.closeTab(tab);
  await sleep(CALM_MS);
  const steady = log.filter(({ phase }) => phase === 'steady');
  return steadyMs(steady.slice(SETTLING, SETTLING + turnMs / 300));
}

/** The page's log of what lies within the recording. */
async function recorded(tab, reload, durationMs) {
  const path = join(folder, `bundle-${bundles++}`);
  const source = { endpoint: String(chrome.port), tab, reload, allowRemote: false };
  const end = { durationMs, awaited: null, durationGiven: true };
  const options = {
    toolVersion: '0',
    source,
    mark: null,
    until: null,
    inferences: null,
    end,
    lastMs: null,
    baseline: null,
    finished: never,
  };
  // What is written afterwards takes a core, beside which the page would be slower.
  let from = 0;
  let until = Number.POSITIVE_INFINITY;
  const progress = {
    ...silent,
    step(what) {
      if (what === 'Recording') from = Date.now();
      if (what === 'Writing the bundle') until = Date.now();
    },
  };
  await collectPage({ ...options, folder: () => path }, progress, never);
  await rm(path, { recursive: true, force: true });
  return server.takeLog().filter(({ startMs, endMs }) => startMs >= from && endMs <= until);
}

/** How long each inference took. */
function steadyMs(log) {
  const steady = log.filter(({ phase }) => phase === 'steady').map(({ startMs, endMs }) => endMs - startMs);
  if (steady.length < 5) throw new Error(`Only ${steady.length} inferences in a turn: give it more --seconds.`);
  return steady;
}
