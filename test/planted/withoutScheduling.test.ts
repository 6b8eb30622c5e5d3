import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyze } from '../../analyzers/index.js';
import { contention, isa, wait } from '../../analyzers/partition/causes/index.js';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { canSampleScheduling } from '../../collectors/scheduling/sampleScheduling.js';
import { loadInput } from '../../src/loadInput.js';
import { runTrace } from '../cli/runTrace.js';
import { suiteFolder } from '../collectors/suiteFolder.js';
import { recordings } from '../recordings/index.js';

const MARGIN = 0.01;
/** Without the kernel's word, a thread that is off the CPU and is not sampled may as well have no core. */
const NOT_TOLD_APART: ReadonlySet<string> = new Set([contention.preempted.id, contention.lock.id, wait.blocked.id]);
const UNKNOWN: ReadonlySet<string> = new Set(['unattributed', isa.unknown.id]);

const folder = suiteFolder();
const cannot = !findBrowser() || !canSampleScheduling();

test.skipIf(cannot)(
  'without its scheduling, no cause of a recording takes more, and what is not told apart is said',
  async () => {
    const bundle = join(folder(), 'main');
    expect((await runTrace(['collect', ...recordings.main, '--out', bundle])).code).toBe(0);
    const input = await loadInput(bundle);
    expect(input.scheduling).not.toBeNull();
    const [whole, left] = [analyze(input), analyze({ ...input, scheduling: null })];
    const before = new Map(whole.partition!.causes.map(({ id, share }) => [id as string, share]));
    const known = [...before].filter(([id]) => NOT_TOLD_APART.has(id)).reduce((sum, [, share]) => sum + share, 0);
    let together = 0;
    for (const { id, share } of left.partition!.causes) {
      if (NOT_TOLD_APART.has(id)) together += share;
      else if (!UNKNOWN.has(id)) expect(share, id).toBeLessThanOrEqual((before.get(id) ?? 0) + MARGIN);
    }
    expect(together).toBeLessThanOrEqual(known + MARGIN);
    const preempted = left.partition!.causes.find(({ id }) => id === contention.preempted.id)?.share ?? 0;
    const said = left.notes.map(({ id }) => id);
    if (preempted > (before.get(contention.preempted.id) ?? 0) + MARGIN) expect(said).toContain('no-scheduling');
  },
);
