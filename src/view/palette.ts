import type { InstructionClass } from '../wasm/mix.js';

/** A fill colour, and the one of two text colours that is legible on it. */
export interface Paint {
  readonly fill: string;
  readonly ink: '#ffffff' | '#000000';
}

/** For anything without a colour of its own. */
export const UNKNOWN_FILL = '#9b958c';

/** Nothing to show, or nothing that is known to hold it up. */
export const NOTHING_FILL = '#c9cdd2';

/** What the browser's own figure is set beside: native, traced, the model's size, phases. Has no hue, so that it is not taken for a cause. */
export const REFERENCE_FILL = '#7d8693';

/** The browser's own figure: the colour of the page's text. */
export const BROWSER_FILL = 'currentColor';

/** An inference that runs over something else. */
export const INFERENCE_FILL = '#96a0f0';

/**
 * The colours of everything but causes, which have theirs in their families. One colour has one meaning in all reports: a test holds
 * them apart. What means the same as a cause has its colour.
 */
const FILLS = {
  /** By `compileTiers`. Ambers and browns: all of it is compiling. */
  compile: {
    decode: '#aa8c5a',
    // As the cause: predictions wait for it.
    lazy: '#e69f00',
    baseline: '#beaa46',
    topTier: '#dc8c5a',
    cache: '#787800',
    instantiate: '#8c5a00',
    javascript: '#f0a06e',
    profiler: '#bea078',
  },
  /** By the series of analyzers/memory. */
  memory: {
    process: '#82786e',
    gpuProcess: '#508278',
    wasm: '#8c64b4',
    arrayBuffers: '#b45a3c',
    jsHeap: '#508c46',
    gpuBuffers: '#00a0b4',
    tensors: '#c86482',
  },
  /** By what bounds an operator. */
  bound: { compute: '#9682d2', memory: '#c87846', overhead: '#82963c' },
  /** By the verdict on a vsync, and what ran over it. */
  vsync: { onTime: '#5aaa6e', partial: '#aa9600', missed: '#e67878', idle: NOTHING_FILL, inference: INFERENCE_FILL },
  /** By the stage of an input; see analyzers/responsiveness/stages.ts. What the main thread does, or keeps waiting, is warm. */
  stage: {
    browser: '#a0aac8',
    delay: '#a0463c',
    processing: '#e66414',
    rendering: '#8c3c0a',
    compositor: '#6496dc',
    display: '#28aadc',
    other: NOTHING_FILL,
  },
  /** By the part of a page's start; see analyzers/coldStart/parts.ts, where compiling has its own colours. Waits for bytes are blue. */
  start: {
    network: '#4678aa',
    diskCache: '#82a0d2',
    serviceWorker: '#a096d2',
    page: '#b48c96',
    session: '#3c8c96',
    run: '#5078fa',
    threads: '#a0b4a0',
  },
  accuracy: { main: '#b46ebe', strict: '#00825a', labels: REFERENCE_FILL },
  /** By framework and backend, in a study. */
  configuration: {
    'ort wasm': '#8282fa',
    'tfjs wasm': '#d2500a',
    'ort webgl': '#007878',
    'tfjs webgl': '#f0505a',
    'ort webgpu': '#46a03c',
    'tfjs webgpu': '#d25aaa',
  },
  /** By what a variant of a study has. SIMD is that of scalar code made vectors. */
  variant: { neither: REFERENCE_FILL, threads: '#b4466e', simd: '#0072b2', both: '#a06ee6' },
} as const;

/** What colours are for, causes and instructions apart. */
export type FillSet = keyof typeof FILLS;

/** Colour of a member of a set; the name may be text from a document. */
export function fillOf(set: FillSet, name: string | null): string {
  const fills: Readonly<Record<string, string>> = FILLS[set];
  return name !== null && Object.hasOwn(fills, name) ? fills[name]! : UNKNOWN_FILL;
}

/** Every colour with what it means: `memory tensors`. */
export function meanings(): readonly (readonly [meaning: string, fill: string])[] {
  const sets = Object.entries(FILLS).flatMap(([set, fills]) =>
    Object.entries(fills).map(([name, fill]) => [`${set} ${name}`, fill] as const),
  );
  return [
    ...sets,
    ...instructionGroups.map(({ name, fill }) => [`instructions ${name}`, fill] as const),
    ['unknown', UNKNOWN_FILL],
  ];
}

/** A class name for the swatch of a colour: made from the colour, never from data. */
export function swatchClass(fill: string): string {
  return `fill-${fill.slice(1)}`;
}

/** Every fill of this palette, for the swatches of the style sheet; causes have their own. */
export const allFills = (): readonly string[] => [...new Set(meanings().map(([, fill]) => fill))];

/** From this luminance on, black has more contrast than white. Each has at least 4.5:1 then: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
const BLACK_FROM = 0.179;

/** The fill with the text colour that is legible on it. */
export function paint(fill: string): Paint {
  return { fill, ink: luminance(fill) > BLACK_FROM ? '#000000' : '#ffffff' };
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

/** In drawing order: vector work, scalar work, memory and atomics, control flow. Blues, as the causes that they are of. */
export const instructionGroups: readonly InstructionGroup[] = [
  { name: 'relaxed SIMD', fill: '#4a63c8', classes: ['relaxed'] },
  { name: 'SIMD arithmetic', fill: '#0072b2', classes: ['simdFloat', 'simdInt'] },
  { name: 'SIMD loads and moves', fill: '#328cf0', classes: ['simdLoad', 'simdStore', 'simdOther'] },
  { name: 'scalar float', fill: '#6db5ea', classes: ['scalarFloat'] },
  { name: 'scalar integer', fill: '#a5cdf5', classes: ['scalarInt'] },
  { name: 'scalar memory', fill: '#6478dc', classes: ['load', 'store', 'bulkMemory'] },
  { name: 'atomics', fill: '#7382be', classes: ['atomicLoad', 'atomic', 'wait'] },
  { name: 'control and calls', fill: '#646e6e', classes: ['control', 'call'] },
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
