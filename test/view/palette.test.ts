import { expect, test } from 'vitest';
import { causes } from '../../analyzers/partition/causes/index.js';
import { frameCauseIds, frameCauses } from '../../analyzers/qoe/frameCauses.js';
import { groupMix, instructionGroups, meanings } from '../../src/view/palette.js';
import { instructionClasses } from '../../src/wasm/mix.js';

test('every class of instruction but locals stands in exactly one group', () => {
  const grouped = instructionGroups.flatMap(({ classes }) => classes);
  expect([...grouped, 'other'].sort()).toEqual(Object.keys(instructionClasses).sort());
});

test('fractions of the groups sum to 1 without locals', () => {
  const parts = groupMix({ simdFloat: 0.2, simdInt: 0.1, load: 0.1, other: 0.6 });
  expect(parts.find(({ group }) => group.name === 'SIMD arithmetic')!.part).toBeCloseTo(0.75);
  expect(parts.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1);
});

test('a mix of locals alone has no groups', () => {
  expect(groupMix({ other: 1 }).every(({ part }) => part === 0)).toBe(true);
  expect(groupMix({ constructor: 1, toString: 1 }).every(({ part }) => part === 0)).toBe(true);
});

/** What means the same in several sets. */
const ALIKE: readonly (readonly string[])[] = [
  ['Relaxed SIMD Wasm', 'instructions relaxed SIMD'],
  ['128-bit SIMD Wasm', 'instructions SIMD arithmetic', 'variant simd'],
  ['Scalar Wasm', 'instructions scalar float'],
  ['Atomic Wasm', 'instructions atomics'],
  ['Compiling', 'compile lazy', 'frame.compile'],
  ['Garbage collection', 'frame.gc'],
  ['Page’s scripts', 'frame.script'],
  ['Preempted', 'frame.preempted'],
  ['vsync inference', 'frame.inference'],
  ['vsync idle', 'stage other', 'frame.unexplained'],
  ['unknown', 'Unattributed'],
  ['accuracy labels', 'variant neither'],
];

/** Distance in OKLab, of 100 from black to white. https://bottosson.github.io/posts/oklab/ */
function distance(one: string, other: string): number {
  const [a, b] = [oklab(one), oklab(other)];
  return 100 * Math.hypot(...a.map((value, i) => value - b[i]!));
}

function oklab(hex: string): number[] {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (one: string, other: string): number => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

test('a colour has one meaning: no two that mean different things can be taken for each other', () => {
  const ofCauses = Object.values(causes).map(({ title, fill }) => [title, fill] as const);
  const ofFrames = frameCauseIds.map((id) => [id, frameCauses[id].fill] as const);
  const all = [...ofCauses, ...ofFrames, ...meanings()];
  const same = (one: string, other: string) => ALIKE.some((alike) => alike.includes(one) && alike.includes(other));
  const close = all.flatMap(([one, fill], i) =>
    all.slice(i + 1).flatMap(([other, second]) => {
      if (same(one, other)) return fill === second ? [] : [`${one} and ${other} differ`];
      return distance(fill, second) < 4 ? [`${one} ${fill}, ${other} ${second}`] : [];
    }),
  );
  expect(close).toEqual([]);
});

test('lines and points can be seen on light and on dark paper', () => {
  const thin = meanings().filter(([meaning]) => /^(memory|bound|accuracy|configuration|variant) /.test(meaning));
  expect(thin.length).toBeGreaterThan(15);
  const faint = thin.filter(([, fill]) => contrast(fill, '#ffffff') < 3 || contrast(fill, '#14171b') < 3);
  expect(faint).toEqual([]);
});
