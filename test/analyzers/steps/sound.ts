import { expect } from 'vitest';
import type { Step } from '../../../analyzers/steps/step.js';

/** Steps that nobody can take together. */
const CONTRADICTIONS: readonly (readonly [RegExp, RegExp])[] = [
  [/^threads\.(more|isolation|\d+)$/, /^threads\.fewer$/],
  [/^threads\.\d+$/, /^threads\.(more|\d+)$/],
  [/^build\.simd$/, /^build\.no-simd$/],
  [/^backend\.webgpu$/, /^backend\.wasm$/],
  [/^backend\.webgpu$/, /^gpu\.(denied|software|idle)$/],
  [/^gpu\.software$/, /^backend\.wasm$/],
];

/** What every list of steps keeps to, whatever was analyzed. */
export function expectSound(steps: readonly Step[]): void {
  expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  for (const { id, title, saves, basis, action } of steps) {
    expect([id, title.length > 0, basis.length > 0]).toEqual([id, true, true]);
    const hasAmount = Number.isFinite(saves.ms ?? Number.NaN) || Number.isFinite(saves.bytes ?? Number.NaN);
    expect([id, hasAmount]).toEqual([id, saves.kind !== 'not measured']);
    if (saves.ms !== null) expect(saves.ms).toBeGreaterThanOrEqual(0);
    if (saves.ci95Ms !== null) expect([id, ...saves.ci95Ms.map((end) => end >= 0)]).toEqual([id, true, true]);
    // What to type or to change; nothing is left for the reader to fill in but names of its own code.
    expect([id, action.command !== null || action.code !== null]).toEqual([id, true]);
    // Titles are no questions: what the recording knows, it says.
    expect(title).not.toContain('?');
    expect(`${action.command ?? ''}${action.code ?? ''}`).not.toMatch(/…|<[a-z]/);
  }
  for (const one of steps)
    for (const other of steps) {
      const both = CONTRADICTIONS.find(([a, b]) => one !== other && a.test(one.id) && b.test(other.id));
      expect(both ? [one.id, other.id] : null).toBeNull();
    }
}
