import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { startNativeBaseline } from '../../../collectors/baseline/startNativeBaseline.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { ppocrDet } from '../../../models/ppocrDet.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';

const ITERATIONS = 12;

/** Clock ticks that a process has been on a core, all threads together. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function cpuTicks(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return Number(user) + Number(system);
}

test.skipIf(process.platform !== 'linux')(
  'threads that are told not to spin burn less of the cores for the same work (skipped without Linux’s /proc)',
  async () => {
    const file = await ppocrDet.write(await temporaryFolder());
    const { inputs } = modelFeeds(file, [], 1);
    const ticks = { spinning: 0, sleeping: 0 };
    const sides = await Promise.all(
      (['spinning', 'sleeping'] as const).map(async (side) => {
        const baseline = await startNativeBaseline({
          modelPath: file.path,
          inputs,
          threads: 4,
          spinning: side === 'spinning',
        });
        await baseline.setup();
        await baseline.warmup();
        return { side, baseline };
      }),
    );
    try {
      for (let round = 0; round < 3; round++) {
        for (const { side, baseline } of sides) {
          const before = await cpuTicks(baseline.pid);
          await baseline.predict(ITERATIONS);
          ticks[side] += (await cpuTicks(baseline.pid)) - before;
        }
      }
    } finally {
      for (const { baseline } of sides) await baseline.close();
    }
    expect(ticks.sleeping).toBeGreaterThan(0);
    expect(ticks.spinning).toBeGreaterThan(1.2 * ticks.sleeping);
  },
);
