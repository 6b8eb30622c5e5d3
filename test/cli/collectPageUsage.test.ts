import { expect, test } from 'vitest';
import { pageFolderName } from '../../src/cli/collectFromPage.js';
import { pageRequest } from '../../src/cli/pageRequest.js';
import { runTrace } from './runTrace.js';

const nothing = {
  url: undefined,
  attach: undefined,
  tab: undefined,
  duration: undefined,
  until: undefined,
  mark: undefined,
  reload: undefined,
  last: undefined,
  iterations: undefined,
  out: undefined,
};

test.each([
  [['ppocr-det', '--backend', 'wasm'], 'a model is given with --model'],
  [['localhost:8080/app'], 'its scheme is missing. Give http://localhost:8080/app'],
  [['file:///etc/passwd'], 'only http and https pages can be watched'],
  [['http://a.test/', '--attach'], 'give one of the two'],
  [['http://a.test/', '--model', 'ppocr-det'], '--model: a page that you wrote runs its own model'],
  [['--attach', '--ladder'], '--ladder: a page'],
  [['http://a.test/', '--tab', 'x'], '--tab is for --attach'],
  [['--duration', '5s'], '--duration is for a page'],
  [['--attach', '--iterations', '5'], 'name it with --mark'],
  [['--baseline', 'ppocr-det'], '--baseline is for a page'],
  [['http://a.test/', '--input', 'x=1x3'], '--input: a page that you wrote'],
  [['http://a.test/', '--baseline', 'ppocr-dett'], 'ppocr-det'],
  [['http://a.test/', '--last', 'ten'], '--last is a duration'],
  [['--attach', '192.0.2.1:9222'], 'is another machine'],
])('trace collect %j is wrong usage', async (args, message) => {
  const { code, stderr, stdout } = await runTrace(['collect', ...args]);
  expect(stderr).toContain(message);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test('a page is recorded for ten seconds, until what is waited for within limits, or without an end where only the last is kept', () => {
  const end = (given: object) => pageRequest({ ...nothing, url: 'http://a.test', ...given }, [])!.end;
  expect(end({})).toEqual({ durationMs: 10_000, awaited: null, durationGiven: false });
  expect(end({ until: 'ready' })).toEqual({ durationMs: 300_000, awaited: 'when “ready” is seen', durationGiven: false });
  expect(end({ mark: 'run', iterations: 3, duration: '20s' })).toEqual({
    durationMs: 20_000,
    awaited: 'after 3 × “run”',
    durationGiven: true,
  });
  expect(end({ iterations: 3 })).toEqual({ durationMs: 300_000, awaited: 'after 3 inferences', durationGiven: false });
  expect(end({ last: '30s' })).toEqual({ durationMs: null, awaited: null, durationGiven: false });
});

test('without a URL and --attach it is a model', () => {
  expect(pageRequest(nothing, ['model'])).toBeNull();
});

test('a folder is named by host and path, in safe characters only', () => {
  expect(pageFolderName('https://a.test:8080/x/../%2e%2e/über me/?q=1#x')).toBe('a.test_8080_C3_BCber_20me');
  expect(pageFolderName('http://a.test/')).toBe('a.test');
  expect(pageFolderName(`http://a.test/${'x'.repeat(500)}`).length).toBe(60);
  expect(pageFolderName('about:blank')).toBe('blank');
});
