import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vsyncsOf } from '../../../analyzers/frames/vsyncs.js';
import { qoeRounds } from '../../../analyzers/qoe/rounds.js';
import { inputLatencies } from '../../../analyzers/responsiveness/inputs.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import type { HarnessServer } from '../../../collectors/harness/server.js';
import { openHarness } from '../../../collectors/harness/session.js';
import { openPage, useRound } from '../../../collectors/qoe/useRound.js';
import { roundMeasure } from '../../../src/bundle/qoeLog.js';
import { readTraceFile } from '../../../src/bundle/readTraceFile.js';
import { random } from '../../../src/stats/random.js';
import { log } from '../../analyzers/qoe/buildRounds.js';
import { serveScripts } from '../serveScripts.js';
import { suiteFolder } from '../suiteFolder.js';

/** Tasks of some work on the main thread. */
const JANK = `setInterval(() => { for (const end = performance.now() + 60; performance.now() < end; ); }, 200)`;

describe.skipIf(!findBrowser())('a page that is used (skipped without a browser)', () => {
  const folder = suiteFolder();
  let browser: Browser;
  let server: HarnessServer;
  beforeAll(async () => {
    ({ browser } = await launchBrowser());
    server = await serveScripts();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test('shows every operation as an interaction, its vsyncs as Chromium counts them, and a video that it made', async () => {
    const session = await openHarness(browser, server, new AbortController().signal);
    // Another page that moves in the same browser changes nothing.
    const other = await browser.newPage();
    await other.setContent(
      '<style>@keyframes go{to{transform:translateX(400px)}}p{animation:go 1s infinite}</style><p>moves</p>',
    );
    try {
      await openPage(browser, session.page, server.origin);
      expect(await session.page.evaluate(() => window.inferscopeQoe.makeVideo())).toBeNull();
      const { seen } = await useRound(
        { browser, session, origin: server.origin },
        {
          folder: join(folder(), 'qoe'),
          measure: roundMeasure('r1'),
          seconds: 3,
          parts: { hasVideo: true, mainMoves: true },
          next: random(1),
        },
        async () => session.page.evaluate(JANK),
      );
      const trace = await readTraceFile(join(folder(), 'qoe', 'trace.json.gz'));
      const round = { round: 0, condition: 'none' as const, ...seen, inferencesMs: [] };
      const {
        rounds: [found],
      } = qoeRounds({ log: { ...log, rounds: [round] }, recorded: [{ trace, scheduling: null }] }, 'r1');

      expect(seen.operations.length).toBeGreaterThan(2);
      expect(found!.interactions.length).toBe(seen.operations.length);
      const { pid } = trace.tables.threads.columns;
      const { columns: timing, length: timings } = trace.tables.userTiming;
      const row = Array.from({ length: timings }, (_, i) => i).find((i) => timing.name.at(i) === roundMeasure('r1'))!;
      const page = pid[timing.thread[row]!]!;
      const [startUs, endUs] = [timing.startUs[row]!, timing.startUs[row]! + timing.durationUs[row]!];
      const inputs = inputLatencies(trace, page).filter((input) => startUs <= input.startUs && input.startUs < endUs);
      for (const { durationUs, stages } of inputs) {
        expect(Math.abs(stages.reduce((sum, { us }) => sum + us, 0) - durationUs)).toBeLessThanOrEqual(1);
      }
      expect(inputs.length).toBeGreaterThanOrEqual(found!.interactions.length);
      const told = found!.interactions.filter(({ stages }) => stages !== null);
      for (const { stages, latencyUs } of told) {
        expect(Math.abs(Object.values(stages!).reduce((sum, us) => sum + us, 0) - latencyUs)).toBeLessThanOrEqual(1);
        // Every stage that Chromium names is known.
        expect(stages!.other).toBeLessThanOrEqual(1);
      }
      expect(told.length).toBeGreaterThan(found!.interactions.length / 2);
      expect(seen.video!.total).toBeGreaterThan(0);
      expect(seen.scriptedMs.length).toBeGreaterThan(0);

      const { columns, length } = trace.tables.instants;
      const dropped = Array.from({ length }, (_, i) => i).filter(
        (i) => columns.name.at(i) === 'DroppedFrame' && pid[columns.thread[i]!] === page,
      );
      const affected = vsyncsOf(trace, new Set([page]))!.rows.filter(
        ({ verdict }) => verdict === 'missed' || verdict === 'partial',
      );
      expect(affected.length).toBe(dropped.length);
      expect(affected.length).toBeGreaterThan(0);
    } finally {
      await other.close();
      await session.close();
    }
  });
});
