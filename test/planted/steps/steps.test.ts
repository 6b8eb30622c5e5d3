import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import type { Step } from '../../../analyzers/steps/step.js';
import { loadInput } from '../../../src/loadInput.js';
import type { Interval } from '../../../src/stats/interval.js';
import { expectSound } from '../../analyzers/steps/sound.js';
import { runTrace } from '../../cli/runTrace.js';
import { watching } from '../../collectors/page/watching.js';
import { suiteFolder } from '../../collectors/suiteFolder.js';
import { type PageServer, servePages } from '../../pages/servePages.js';
import { ownCodeModules } from '../pages/ownCodeModules.js';
import { squaringNetwork } from './slowOperator.js';

/**
 * What is slow on purpose is among the first steps, and what its step says that it saves holds what taking it away saves: the same page,
 * or the same network, is recorded without it. `npm run test:planted -- steps`.
 */
const RECORDED_MS = 12_000;
const RANK_MS = 12;
const ITERATIONS = 20;
/** A bound that is far above what can be saved is true and says nothing. */
const WORTH_SAYING = 1.6;

/** A median with its interval. */
interface Timed {
  readonly ms: number;
  readonly ci95Ms: Interval;
}

const folder = suiteFolder();
const rows: string[] = [];
afterAll(() => {
  process.stdout.write(`\n| planted | place | said | taking it away |\n| --- | ---: | --- | --- |\n${rows.join('\n')}\n`);
});

/** Its steps; a busy machine has one of its own before them. */
const stepsOn = ({ steps }: Analysis): Step[] => steps!.filter(({ id }) => id !== 'record.quietly');

/** What the step says that it saves, beside what was saved: its interval reaches below the bound, and the bound is not far above it. */
function expectHolds(planted: string, { title, saves }: Step, place: number, withIt: Timed, without: Timed): void {
  const savedMs = withIt.ms - without.ms;
  const [half, other] = [withIt, without].map(({ ci95Ms: [low, high] }) => (high - low) / 2);
  const reachMs = Math.hypot(half!, other!);
  rows.push(
    `| ${planted} | ${place + 1} | at most ${saves.ms!.toFixed(2)} ms | ${savedMs.toFixed(2)} ± ${reachMs.toFixed(2)} ms |`,
  );
  expect(saves.kind, title).toBe('bound');
  expect(savedMs - reachMs, `${title}: ${savedMs} ± ${reachMs} ms were saved`).toBeLessThanOrEqual(saves.ms!);
  expect(saves.ms!, `${title}: only ${savedMs} ± ${reachMs} ms were saved`).toBeLessThan(WORTH_SAYING * (savedMs + reachMs));
}

describe('a slow function of a page', () => {
  let server: PageServer;
  beforeAll(async () => {
    server = await servePages(folder(), ownCodeModules);
  });
  afterAll(() => server?.close());

  async function watched(path: string): Promise<Analysis> {
    const { folder: bundle } = await watching(folder(), { url: `${server.origin}${path}` }, {}, RECORDED_MS);
    return analyze(await loadInput(bundle));
  }

  test('is named with its file and line in the first three steps', async () => {
    const [slow, twin] = [await watched(`/own-code/?rank=${RANK_MS}`), await watched('/own-code/')];
    const steps = stepsOn(slow);
    const place = steps.findIndex(({ where }) => where.some((at) => at.function === 'rank'));
    expect(steps.map(({ id }) => id).slice(0, 3)).toContain('page.script');
    expect(place).toBeLessThan(3);
    const step = steps[place]!;
    expect(step.where[0]).toMatchObject({ script: expect.stringMatching(/\/own-code\/rank\.js$/), line: 12 });
    expect(step).toMatchObject({ who: 'you', saves: { of: 'use' } });
    expect(JSON.stringify(twin.steps)).not.toContain('rank.js');
    for (const { steps } of [slow, twin]) expectSound(steps!);
    const use = ({ use: found }: Analysis): Timed => ({ ms: found!.useMs, ci95Ms: found!.ci95Ms!.use });
    expectHolds('rank(), rank.js:12', step, place, use(slow), use(twin));
  });
});

describe('a slow operator', () => {
  async function run(by: 'pow' | 'mul'): Promise<Analysis> {
    const [model, bundle] = [join(folder(), `${by}.onnx`), join(folder(), by)];
    await writeFile(model, squaringNetwork(by));
    const how = ['--threads', '1', '--iterations', String(ITERATIONS), '--passes', 'timing,trace,operators'];
    const { code, stderr } = await runTrace(['collect', '--model', model, '--out', bundle, ...how]);
    expect(code, stderr).toBe(0);
    return analyze(await loadInput(bundle));
  }

  test('whose kernel has no fast path is in the first two steps', async () => {
    const [slow, fast] = [await run('pow'), await run('mul')];
    const placeIn = (analysis: Analysis): number => stepsOn(analysis).findIndex(({ id }) => id === 'operators.elementwise');
    const place = placeIn(slow);
    expect(
      stepsOn(slow)
        .map(({ id }) => id)
        .slice(0, 2),
    ).toContain('operators.elementwise');
    const step = stepsOn(slow)[place]!;
    expect(step.title).toMatch(/most of all Pow: 3 operators/);
    expect(step.where[0]?.function).toMatch(/./);
    for (const { steps } of [slow, fast]) expectSound(steps!);
    const [withIt, without] = [slow, fast].map(({ latency }) => latency!.prediction!);
    expectHolds('Pow by a tensor', step, place, { ...withIt!, ms: withIt!.medianMs }, { ...without!, ms: without!.medianMs });
    const fastAt = placeIn(fast);
    if (fastAt >= 0) expect(stepsOn(fast)[fastAt]!.saves.ms!).toBeLessThan(step.saves.ms! / 4);
  });
});
