import { mean } from 'simple-statistics';
import { expect, test } from 'vitest';
import { isa } from '../../analyzers/partition/causes/index.js';
import { MIXED_FILE, mixedModule } from '../wasm/mixedModule.js';
import { recordPlan } from './recordPlan.js';

/** Points of the page's own clock. */
const MARGIN = 3;

const record = (amountMs: number, module: Uint8Array) =>
  recordPlan(
    { plant: 'mixedLoops', base: 'simd128', amountMs, iterations: 40 },
    { on: 'worker', v8Flags: [], counted: { [MIXED_FILE]: module } },
  );

test.each([0, 30, 70, 100])(
  'a function with a vector loop and a scalar loop that has %d % of the iterations counts for both, as the page’s own clock has them',
  async (scalarPercent) => {
    const { analysis, measuredMs } = await record(scalarPercent, mixedModule());
    const ms = (id: string): number => analysis.partition!.causes.find((cause) => cause.id === id)?.ms ?? 0;
    const found = (100 * ms(isa.scalar.id)) / (ms(isa.scalar.id) + ms(isa.simd128.id));
    const planted = mean(measuredMs);
    console.log(`scalar: planted ${planted.toFixed(1)} %, found ${found.toFixed(1)} %`);
    expect(Math.abs(found - planted)).toBeLessThanOrEqual(MARGIN);
    // Nearly all of the window is in this function.
    const [mixed] = analysis.wasm!.functions;
    expect(mixed).toMatchObject({ counted: true });
    expect(mixed!.share).toBeGreaterThan(0.8);
  },
);

/** Its loops take other times for as many operators, which nothing in the code tells. */
test('where a scalar loop gathers, the page’s own clock is in the range that is told', async () => {
  const { analysis, measuredMs } = await record(50, mixedModule({ gathers: true }));
  const scalar = analysis.wasm!.functions[0]!.causes.find(({ cause }) => cause === isa.scalar.id)!;
  const planted = mean(measuredMs);
  console.log(
    `scalar: planted ${planted.toFixed(1)} %, found ${(100 * scalar.share).toFixed(1)} %, from ${(100 * scalar.low).toFixed(1)} to ${(100 * scalar.high).toFixed(1)} %`,
  );
  expect(planted).toBeGreaterThan(100 * scalar.low - MARGIN);
  expect(planted).toBeLessThan(100 * scalar.high + MARGIN);
});
