import { expect, test } from 'vitest';
import { durationText } from '../../src/cli/durationText.js';
import { watchStudy } from '../../src/cli/watchStudy.js';

const cell = {
  id: 'm.ort.wasm.t1.worker',
  model: 'm',
  framework: 'ort',
  backend: 'wasm',
  threads: 1,
  simd: null,
  on: 'worker',
} as const;
const ended = { cell: cell.id, round: 0, startedAt: '2026-01-01T00:00:00Z', tookMs: 40_000 };

test('a run of a study is one line, in which its steps pass by; a note is told once', () => {
  const drawn: unknown[][] = [];
  const tell =
    (what: string) =>
    (...words: unknown[]) =>
      void drawn.push([what, ...words]);
  const watcher = watchStudy({ step: tell('step'), advance: tell('advance'), note: tell('note'), end: tell('end') }, 3);

  const first = watcher.begins({ number: 1, of: 6, cell, round: 0, left: null });
  first.step('Tracing');
  first.advance(0.305, '3 of 10 predictions');
  first.note('No sandbox.');
  watcher.ends({ ...ended, outcome: 'done', reason: null });
  const second = watcher.begins({ number: 2, of: 6, cell, round: 1, left: { ms: 400_000, atMost: true } });
  second.note('No sandbox.');
  watcher.ends({ ...ended, outcome: 'failed', reason: 'an operator is missing' });

  expect(drawn).toEqual([
    ['step', 'Run 1 of 6, round 1 of 3: m.ort.wasm.t1.worker'],
    ['advance', null, 'Tracing'],
    ['advance', null, 'Tracing, 30 %'],
    ['note', 'No sandbox.'],
    ['advance', null, 'done after 40 s'],
    ['end', true],
    ['step', 'Run 2 of 6, round 2 of 3: m.ort.wasm.t1.worker (at most 7 min left)'],
    ['advance', null, 'failed after 40 s'],
    ['end', false],
    ['note', 'failed: an operator is missing'],
  ]);
});

test.each([
  [400, '0 s'],
  [89_000, '89 s'],
  [90_000, '2 min'],
  [5_370_000, '1 h 30 min'],
  [7_800_000, '2 h 10 min'],
  [7_199_000, '2 h 0 min'],
])('%i ms are %s', (ms, text) => expect(durationText(ms)).toBe(text));
