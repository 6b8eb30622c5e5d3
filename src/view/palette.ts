import type { InstructionClass } from '../wasm/mix.js';

/** A fill colour, and the one of two text colours that is legible on it. */
export interface Paint {
  readonly fill: string;
  readonly ink: '#ffffff' | '#000000';
}

/** For anything without a colour of its own. */
export const UNKNOWN_FILL = '#8a8f98';

/** By `compileTiers`. Amber for work that the run waits for, greys and greens for work in parallel. */
const COMPILE_FILLS: Readonly<Record<string, string>> = {
  decode: '#96722c',
  lazy: '#e69f00',
  baseline: '#f2c14e',
  topTier: '#0072b2',
  cache: '#4a63c8',
  instantiate: '#b36b00',
  javascript: '#009e73',
  profiler: '#cc79a7',
  other: UNKNOWN_FILL,
};

/** By the series of analyzers/memory. Sums are greys; the page's kinds of memory have hues. */
const MEMORY_FILLS: Readonly<Record<string, string>> = {
  process: UNKNOWN_FILL,
  gpuProcess: '#4f9a94',
  wasm: '#cc79a7',
  arrayBuffers: '#e69f00',
  jsHeap: '#009e73',
  gpuBuffers: '#4cd0d6',
  tensors: '#0072b2',
};

/** By what bounds an operator. */
const BOUND_FILLS: Readonly<Record<string, string>> = { compute: '#0072b2', memory: '#e69f00', overhead: '#cc79a7' };

/** By the verdict on a vsync, and what ran over it. */
const VSYNC_FILLS: Readonly<Record<string, string>> = {
  onTime: '#8fbf9f',
  partial: '#e69f00',
  missed: '#b3261e',
  idle: '#c9cdd2',
  inference: '#4a63c8',
};

/** By the stage of an input; see analyzers/responsiveness/stages.ts. What the main thread does, or keeps waiting, is warm. */
const STAGE_FILLS: Readonly<Record<string, string>> = {
  browser: '#7a8fa6',
  delay: '#b3261e',
  processing: '#e69f00',
  rendering: '#d9803f',
  compositor: '#5c80bc',
  display: '#3e92cc',
  other: '#c9cdd2',
};

/** Has no hue, so that it is not taken for a cause. */
export const BROWSER_FILL = 'currentColor';
export const TRACED_FILL = '#7d8693';
export const NATIVE_FILL = '#7d8693';

/** Colour of a kind of compile work. */
export function compileFill(tier: string): string {
  return own(COMPILE_FILLS, tier) ?? UNKNOWN_FILL;
}

/** Colour of one kind of memory. */
export function memoryFill(id: string): string {
  return own(MEMORY_FILLS, id) ?? UNKNOWN_FILL;
}

/** Colour of a vsync by its verdict, and of the inferences over it. */
export function vsyncFill(verdict: string): string {
  return own(VSYNC_FILLS, verdict) ?? UNKNOWN_FILL;
}

/** Colour of a stage of an input. */
export function stageFill(stage: string): string {
  return own(STAGE_FILLS, stage) ?? UNKNOWN_FILL;
}

/** Colour of what bounds an operator; null where unknown. */
export function boundFill(bound: string | null): string {
  return own(BOUND_FILLS, bound ?? '') ?? UNKNOWN_FILL;
}

/** A class name for the swatch of a colour: made from the colour, never from data. */
export function swatchClass(fill: string): string {
  return `fill-${fill.slice(1)}`;
}

/** Every fill of this palette, for the swatches of the style sheet; causes have their own. */
export function allFills(): readonly string[] {
  const groups = instructionGroups.map(({ fill }) => fill);
  return [
    ...new Set([
      UNKNOWN_FILL,
      ...Object.values(COMPILE_FILLS),
      ...Object.values(MEMORY_FILLS),
      ...Object.values(BOUND_FILLS),
      ...Object.values(VSYNC_FILLS),
      ...Object.values(STAGE_FILLS),
      ...groups,
    ]),
  ];
}

/** From this luminance on, black has more contrast than white. Each has at least 4.5:1 then: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
const BLACK_FROM = 0.179;

/** The fill with the text colour that is legible on it. */
export function paint(fill: string): Paint {
  return { fill, ink: luminance(fill) > BLACK_FROM ? '#000000' : '#ffffff' };
}

function own(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** A group of instructions in charts; coarser than the classes that are counted. */
export interface InstructionGroup {
  readonly name: string;
  readonly fill: string;
  readonly classes: readonly InstructionClass[];
}

/** In drawing order: vector work, scalar work, memory and atomics, control flow. */
export const instructionGroups: readonly InstructionGroup[] = [
  { name: 'relaxed SIMD', fill: '#4a63c8', classes: ['relaxed'] },
  { name: 'SIMD arithmetic', fill: '#0072b2', classes: ['simdFloat', 'simdInt'] },
  { name: 'SIMD loads and moves', fill: '#5aa3a0', classes: ['simdLoad', 'simdStore', 'simdOther'] },
  { name: 'scalar float', fill: '#6db5ea', classes: ['scalarFloat'] },
  { name: 'scalar integer', fill: '#b9d3ea', classes: ['scalarInt'] },
  { name: 'scalar memory', fill: '#c98a1b', classes: ['load', 'store', 'bulkMemory'] },
  { name: 'atomics', fill: '#b4429a', classes: ['atomicLoad', 'atomic', 'wait'] },
  { name: 'control and calls', fill: '#6b7280', classes: ['control', 'call'] },
];

/**
 * The fractions of a mix by group, none left out. Locals, constants and the like are not counted: they are half of all
 * instructions, and mostly cost nothing once the optimizing compiler has placed them in registers.
 */
export function groupMix(
  mix: Readonly<Record<string, number>>,
): readonly { readonly group: InstructionGroup; readonly part: number }[] {
  const parts = instructionGroups.map((group) => ({
    group,
    part: group.classes.reduce((sum, name) => sum + (Object.hasOwn(mix, name) ? mix[name]! : 0), 0),
  }));
  const total = parts.reduce((sum, { part }) => sum + part, 0);
  return parts.map(({ group, part }) => ({ group, part: total > 0 ? part / total : 0 }));
}
