import { expect } from 'vitest';
import type { Analysis } from '../../../analyzers/index.js';
import { expectSound } from './sound.js';

const OTHER: Readonly<Record<string, RegExp>> = {
  ort: /tfjs|tf\.tidy|TensorFlow|setThreadsCount|dataSync/,
  tfjs: /\bort\.|onnxruntime|ONNX Runtime/,
};

/** What every analysis keeps to, whatever was recorded: nothing that it says contradicts another thing that it says. */
export function expectConsistent(analysis: Analysis): void {
  const { steps, validity, notes, run, machine, partition, outliers, pageState } = analysis;
  expectSound(steps ?? []);
  for (const { id, title, action } of steps ?? []) {
    const asksFor = Number(/^Try (\d+) threads?\b/.exec(title)?.[1] ?? /^threads\.(\d+)$/.exec(id)?.[1] ?? 0);
    if (id === 'threads.more') {
      expect(asksFor).toBeLessThanOrEqual(machine!.cores);
      expect(asksFor).toBeGreaterThan(run?.threads ?? 1);
      const isIsolated = run ? run.crossOriginIsolated : pageState!.crossOriginIsolated;
      if (!isIsolated) expect(action.code).toContain('Cross-Origin-Opener-Policy');
      expect(action.command ?? '').not.toContain('--isolation off');
    }
    if (run && Object.hasOwn(OTHER, run.framework)) expect(`${title} ${action.code}`).not.toMatch(OTHER[run.framework]!);
  }
  const said = [
    ...(steps ?? []).flatMap(({ title, action }) => [title, action.command ?? '']),
    ...(validity?.reasons ?? []).map(({ text }) => text),
    ...notes.map(({ text }) => text),
  ].join('\n');
  const [longer, shorter] = [
    /for longer|more predictions \(--iterations\)/i.test(said),
    /for a shorter time|fewer predictions \(/i.test(said),
  ];
  expect({ longer, shorter }).not.toEqual({ longer: true, shorter: true });
  if (validity) expect(validity.verdict).toBe(validity.reasons[0]?.level ?? 'good');
  if (partition) expectWhole(partition);
  if (outliers) {
    expect(outliers.windows + partition!.typical.windows).toBeLessThanOrEqual(partition!.windows);
    expect(outliers.ms).toBeGreaterThan(outliers.typicalMs);
  }
  for (const [path, [low, high]] of intervalsIn(analysis)) {
    if (Number.isFinite(low)) expect([path, low >= 0, low <= high]).toEqual([path, true, true]);
  }
}

function expectWhole({ causes, typical, allWindows }: NonNullable<Analysis['partition']>): void {
  for (const [split, ms] of [
    [causes, typical.ms],
    [allWindows.causes, allWindows.ms],
  ] as const) {
    expect(split.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(split.reduce((sum, cause) => sum + cause.ms, 0) / ms).toBeCloseTo(1, 6);
  }
}

/** Differences have a sign: what a factor costs may be less than nothing. */
const SIGNED = /\.(effects|beside)\./;

/** Every interval in a document by its path, but those of differences. */
function intervalsIn(value: unknown, path = ''): [path: string, ends: readonly [number, number]][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]): [string, readonly [number, number]][] => {
    const at = `${path}.${key}`;
    const isInterval =
      /ci95/i.test(key) && Array.isArray(each) && each.length === 2 && each.every((end) => typeof end === 'number');
    if (isInterval) return SIGNED.test(at) ? [] : [[at, each as unknown as [number, number]]];
    return intervalsIn(each, at);
  });
}
