import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyze } from '../../analyzers/index.js';
import { loadInput } from '../../src/loadInput.js';
import { bundleDocuments } from './bundleDocuments.js';
import { writeBundle } from './bundles.js';
import { properties } from './index.js';
import { inScratchFolder } from './scratchFolder.js';

/** One input is tried again and again by its seed: what the gate finds is found by everybody. */
const SEED = 7;

test.each(properties)(
  '$name of any content are read or refused, in time, and nothing is written elsewhere',
  async ({ property, runs }) => {
    await fc.assert(property, { numRuns: runs, seed: SEED, endOnFailure: true });
  },
);

test('what is changed is a bundle that can be analyzed whole, of a run and of a page', async () => {
  for (const isPage of [false, true]) {
    await inScratchFolder(async (folder) => {
      await writeBundle(folder, bundleDocuments(isPage));
      const input = await loadInput(folder);
      expect(
        Object.entries(input)
          .filter(([, value]) => value === null)
          .map(([name]) => name),
      ).toEqual(expect.arrayContaining(['operatorTrace', 'symbols', 'mark', isPage ? 'manifest' : 'page']));
      expect(input.modules).toHaveLength(1);
      expect(analyze(input).partition?.windows).toBeGreaterThan(0);
    });
  }
});
