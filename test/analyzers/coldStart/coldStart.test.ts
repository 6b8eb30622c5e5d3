import { describe, expect, test } from 'vitest';
import type { ColdStart } from '../../../analyzers/coldStart/coldStart.js';
import { analyze } from '../../../analyzers/index.js';
import { MODULE, MODULE_BYTES, ORIGIN, VisitBuilder, visitsOf } from './buildVisit.js';

const wasm = { url: MODULE, mimeType: 'application/wasm', bytes: MODULE_BYTES };

/** A page that downloads its module, compiles it, and infers until 300 ms. */
function page(load: (visit: VisitBuilder) => VisitBuilder, lazyMs = 60): VisitBuilder {
  const visit = load(new VisitBuilder());
  visit.main.task(10, 30).slice('EvaluateScript', 12, 28);
  visit.main
    .task(150, 300)
    .slice('wasm.CompileLazy', 160, 160 + lazyMs)
    .measure('inference', 150, 300);
  // Code that is worth to be kept, and time to keep it.
  const helper = visit.run.thread('ThreadPoolForegroundWorker');
  helper.slice('wasm.TopTierCompilation', 250, 400).slice('later', 3000, 3001);
  return visit;
}

const streamed = (visit: VisitBuilder) => visit.requests(wasm, 40, 140).streams(MODULE, 91, { keeps: true });
const cached = (visit: VisitBuilder) => visit.requests({ ...wasm, fromCache: true }, 40, 60).streams(MODULE, 51, { hit: true });

function coldStartOf(...args: Parameters<typeof visitsOf>): ColdStart {
  const visits = visitsOf(...args);
  return analyze(new VisitBuilder().run.input({ visits, mark: 'inference' })).coldStart!;
}

const msOf = (visit: ColdStart['firstVisit'] | null, id: string) => visit!.parts.find((part) => part.id === id)?.ms ?? 0;

describe('the time to the first inference', () => {
  const { firstVisit, laterVisit, spared, sparedParts } = coldStartOf([
    { number: 1, visit: page(streamed) },
    { number: 2, visit: page(cached, 4) },
  ]);

  test('is told in parts that sum to it', () => {
    for (const visit of [firstVisit, laterVisit!]) {
      expect(visit.totalMs).toBeCloseTo(300, 3);
      expect(visit.parts.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(visit.totalMs, 6);
      expect(visit.parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    }
    expect(msOf(firstVisit, 'network')).toBeCloseTo(109, 1);
    expect(msOf(firstVisit, 'script')).toBeCloseTo(16, 1);
    expect(msOf(firstVisit, 'lazy')).toBeCloseTo(60, 1);
    expect(msOf(firstVisit, 'run')).toBeCloseTo(90, 1);
    expect(msOf(laterVisit, 'diskCache')).toBeCloseTo(20, 1);
  });

  test('differs between a first visit and a later one by the differences of its parts', () => {
    expect(sparedParts.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(spared!.ms, 6);
    expect(sparedParts.find(({ part }) => part === 'lazy')!.ms).toBeCloseTo(56, 1);
    expect(spared).toMatchObject({ ci95Ms: null, visits: 1 });
  });
});

test('what is decoded while its module arrives is hidden behind the download, and what comes after it is not', () => {
  const visit = page((each) => streamed(each));
  visit.main.task(100, 120).slice('wasm.OnBytesReceived', 100, 120);
  visit.main.task(141, 149).slice('wasm.FinishStreaming', 141, 149);
  const { firstVisit } = coldStartOf([{ number: 1, visit }]);
  expect(msOf(firstVisit, 'decode')).toBeCloseTo(8, 1);
  expect(msOf(firstVisit, 'network')).toBeCloseTo(109, 1);
  expect(firstVisit.compile.decodeMs).toBeGreaterThan(27);
});

test('several later visits give an interval, and the one of the median length stands for them', () => {
  const slower = page(cached, 4);
  slower.main.measure('inference', 310, 320);
  const { spared, visits, laterVisit } = coldStartOf([
    { number: 1, visit: page(streamed) },
    { number: 2, visit: page(cached, 4) },
    { number: 3, visit: page(cached, 4) },
    { number: 4, visit: slower },
  ]);
  expect(visits).toHaveLength(4);
  expect(laterVisit!.totalMs).toBeCloseTo(300, 3);
  expect(spared!.ci95Ms).not.toBeNull();
});

describe('compiled code in a later visit', () => {
  const first = { number: 1, visit: page(streamed) };
  const later = (load: (visit: VisitBuilder) => VisitBuilder, before = first) => {
    const visits = visitsOf([before, { number: 2, visit: page(load) }]);
    const { coldStart, steps } = analyze(new VisitBuilder().run.input({ visits, mark: 'inference' }));
    const [module] = coldStart!.laterVisit!.modules;
    return { module: module!, step: steps!.find(({ id }) => id === 'code.cache') };
  };
  const bytes = (visit: VisitBuilder) => visit.requests({ ...wasm, fromCache: true }, 40, 60).compilesBytes(MODULE_BYTES, 70);

  test('is found, and then nobody is advised to keep it', () => {
    const { module, step } = later(cached);
    expect(module).toMatchObject({ codeCache: 'hit', reason: null, source: 'disk cache', consumedBytes: 1000 });
    expect(step).toBeUndefined();
  });

  test.each([
    ['bytes', 'handed over by a script', bytes],
    [
      'mime',
      'not served as application/wasm',
      (visit: VisitBuilder) =>
        visit
          .requests({ ...wasm, mimeType: 'application/octet-stream', fromCache: true }, 40, 60)
          .compilesBytes(MODULE_BYTES, 70, { refused: true }),
    ],
    [
      'service-worker',
      'made by a service worker',
      (visit: VisitBuilder) =>
        visit.requests({ ...wasm, fromServiceWorker: true, workerSource: 'fallbackCode' }, 40, 60).streams(MODULE, 51),
    ],
    [
      'not-cacheable',
      'fetched anew',
      (visit: VisitBuilder) =>
        visit.requests({ ...wasm, cacheControl: 'no-store' }, 40, 140).streams(MODULE, 91, { keeps: true }),
    ],
  ])('is not there (%s) where the module was %s, which is advised against', (id, _, load) => {
    const { module, step } = later(load);
    expect(module).toMatchObject({ codeCache: 'miss', reason: { id } });
    expect(step!.saves).toMatchObject({ of: 'setup', kind: 'bound' });
    expect(step!.saves.ms).toBeCloseTo(60, 1);
    expect(step!.evidence.join()).toContain('model.wasm');
  });

  test('is there where a service worker passed the response on', () => {
    const passed = { ...wasm, fromCache: true, fromServiceWorker: true, workerSource: 'httpCache' };
    const { module } = later((visit) => visit.requests(passed, 40, 60).streams(MODULE, 51, { hit: true }));
    expect(module).toMatchObject({ codeCache: 'hit', source: 'service worker', reason: null });
  });

  test('is not there where the visit before ended too early to keep it, or why is not known', () => {
    const unkept = (endMs: number) => {
      const visit = new VisitBuilder().requests(wasm, 40, 140).streams(MODULE, 91);
      visit.main.task(150, 300).measure('inference', 150, 300);
      visit.run
        .thread('ThreadPoolForegroundWorker')
        .slice('wasm.TopTierCompilation', 250, 400)
        .slice('later', endMs, endMs + 1);
      return { number: 1, visit };
    };
    const miss = (visit: VisitBuilder) => visit.requests({ ...wasm, fromCache: true }, 40, 60).streams(MODULE, 51);
    expect(later(miss, unkept(900)).module.reason).toMatchObject({ id: 'ended-early' });
    expect(later(miss, unkept(3000)).module).toMatchObject({ codeCache: 'miss', reason: null });
    expect(later(miss, unkept(3000)).step).toBeUndefined();
  });
});

test('what the code cache spares is measured against the same page with the bytes handed over', () => {
  const bytes = (visit: VisitBuilder) => visit.requests({ ...wasm, fromCache: true }, 40, 60).compilesBytes(MODULE_BYTES, 70);
  const longer = (visit: VisitBuilder) => {
    visit.main.measure('late', 0, 1);
    return visit;
  };
  const { bytesHandedOver, visits } = coldStartOf([
    { number: 1, visit: page(streamed) },
    { series: 'bytes', number: 1, visit: page(bytes) },
    { number: 2, visit: page(cached, 4) },
    { series: 'bytes', number: 2, visit: longer(page(bytes)) },
  ]);
  expect(visits.map(({ series }) => series)).toEqual(['as-served', 'bytes', 'as-served', 'bytes']);
  expect(bytesHandedOver!.laterVisit.modules[0]).toMatchObject({ codeCache: 'miss', reason: { id: 'bytes' } });
  expect(bytesHandedOver!.codeCacheSpares).toMatchObject({ ci95Ms: null, visits: 1 });
});

describe('a build for backends that the page does not use', () => {
  const url = `${ORIGIN}/ort-wasm-simd-threaded.jsep.wasm`;
  const visit = () => page((each) => each.requests({ ...wasm, url }, 40, 140).streams(url, 91, { keeps: true }));
  const builds = [
    { file: 'ort-wasm-simd-threaded.jsep.wasm', bytes: MODULE_BYTES },
    { file: 'ort-wasm-simd-threaded.wasm', bytes: 2_000_000 },
  ];

  test('is told with the size of the one that would do, where that is known', () => {
    const visits = visitsOf([{ number: 1, visit: visit() }], builds);
    const { coldStart, steps } = analyze(new VisitBuilder().run.input({ visits, mark: 'inference' }));
    expect(coldStart!.unneeded).toMatchObject([{ bytes: MODULE_BYTES, insteadBytes: 2_000_000 }]);
    expect(steps!.find(({ id }) => id === 'bundle.plain')!.title).toContain('less to download');
  });

  test('is told without it where another version is installed', () => {
    const { unneeded } = coldStartOf(
      [{ number: 1, visit: visit() }],
      builds.map((each) => ({ ...each, bytes: 1 })),
    );
    expect(unneeded).toMatchObject([{ insteadBytes: null }]);
  });

  test('is none where the page uses a GPU', () => {
    const used = visit();
    used.main.slice('DawnClientSerializer::Flush', 200, 201);
    expect(coldStartOf([{ number: 1, visit: used }], builds).unneeded).toEqual([]);
  });
});

test('a trace that somebody else recorded of a page that was opened shows its start', () => {
  const { coldStart } = analyze(page(streamed).run.input({ mark: 'inference' }));
  expect(coldStart).toMatchObject({ until: 'named timing', laterVisit: null, spared: null });
  expect(coldStart!.firstVisit.modules).toMatchObject([{ codeCache: 'none yet', producedBytes: 1000, reason: null }]);
});

test('a trace of a page that ran already shows none', () => {
  const run = new VisitBuilder().run;
  expect(analyze(run.input({})).coldStart).toBeNull();
});

test('visits that cannot be read are told', () => {
  const visits = visitsOf([
    { number: 1, visit: page(streamed) },
    { number: 2, visit: page(cached) },
  ]);
  const recorded = [visits.recorded[0]!, { problem: 'there is no trace of it' }];
  const { notes, coldStart } = analyze(new VisitBuilder().run.input({ visits: { ...visits, recorded }, mark: 'inference' }));
  expect(coldStart!.laterVisit).toBeNull();
  expect(notes.find(({ id }) => id === 'visits-lost')!.text).toContain('there is no trace of it');
});
