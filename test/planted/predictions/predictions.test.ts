import { expect, test } from 'vitest';
import { suiteFolder } from '../../collectors/suiteFolder.js';
import { judged, predictions, tryCase } from './index.js';

/**
 * Of each source of recordings one case of the bench: what its step says that it saves holds what was saved, and is not far above it.
 * `npm run test:planted -- predictions`; all of them: `npm run bench -- predictions`.
 */
const SMALL = ['timer', 'rank-12', 'pow'];
const WORTH_SAYING = 2;

const folder = suiteFolder();

test.each(SMALL)('what is predicted holds: %s', async (id) => {
  const outcome = await tryCase(predictions.find((one) => one.id === id)!, folder(), 3);
  const { savedMs, reachMs, covered } = judged(outcome);
  const { said } = outcome;
  const what = `${said?.title}: ${savedMs} ± ${reachMs} ms were saved, ${said?.ms} ms said`;
  expect(covered, what).toBe(true);
  expect(savedMs - reachMs, what).toBeGreaterThan(0);
  expect(said!.ms!, what).toBeLessThan(WORTH_SAYING * (savedMs + reachMs));
});

test('a prediction is held to its interval', () => {
  const said = { title: '', kind: 'bound', ms: 10, ci95Ms: null } as const;
  const savedMs = [12, 12.1, 11.9];
  expect(judged({ said, savedMs, beforeMs: [] }).covered).toBe(false);
  expect(judged({ said: { ...said, ci95Ms: [8, 12] }, savedMs, beforeMs: [] }).covered).toBe(true);
  expect(judged({ said: { ...said, kind: 'measured' }, savedMs: [5, 5.1, 4.9], beforeMs: [] }).covered).toBe(false);
  expect(judged({ said: { ...said, kind: 'measured' }, savedMs: [9, 10, 12], beforeMs: [] }).covered).toBe(true);
  expect(judged({ said: null, savedMs, beforeMs: [] }).covered).toBeNull();
});
