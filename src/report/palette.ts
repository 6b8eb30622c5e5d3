/** A colour for filling and the one of two text colours that reads on it. */
export interface Paint {
  readonly fill: string;
  readonly ink: '#ffffff' | '#111111';
}

/**
 * One hue per family (isa blue, runtime amber, contention purple, gpu green, the rest grey), told apart by lightness inside
 * it. Hues after Okabe & Ito and Paul Tol's sets, which stay apart for the common kinds of colour blindness.
 */
const CAUSE_FILLS: Readonly<Record<string, string>> = {
  'isa.scalar': '#6db5ea',
  'isa.simd128': '#0072b2',
  'isa.relaxed': '#4a63c8',
  'isa.atomic': '#8296ad',
  'runtime.compile': '#e69f00',
  'runtime.gc': '#b36b00',
  'runtime.glue': '#f2c14e',
  'runtime.memory': '#96722c',
  'contention.preempted': '#96386a',
  'contention.workers': '#cc79a7',
  'contention.spin': '#b4429a',
  'contention.page': '#e3a9c6',
  'gpu.encode': '#44aa99',
  'gpu.ipc': '#8fd0c1',
  'gpu.validate': '#2a7f6f',
  'gpu.compile': '#2f8f4e',
  'gpu.sync': '#7cae3d',
  'gpu.transfer': '#a9cf70',
  'gpu.execute': '#009e73',
  unattributed: '#8a8f98',
};

const FAMILY_FILLS: Readonly<Record<string, string>> = {
  isa: '#3f86c6',
  runtime: '#c98a1b',
  contention: '#a95f92',
  gpu: '#3a9a80',
};

/** Classes of Wasm instructions as `WasmFunctionTime.mix` names them. */
const MIX_FILLS: Readonly<Record<string, string>> = {
  simd128: '#0072b2',
  relaxed: '#4a63c8',
  scalar: '#6db5ea',
  float: '#6db5ea',
  integer: '#a5c8e4',
  memory: '#e69f00',
  atomic: '#b4429a',
  control: '#8a8f98',
  other: '#b5b9c0',
};

export const NATIVE_FILL = '#e69f00';
export const BROWSER_FILL = '#0072b2';
export const TRACED_FILL = '#6db5ea';

export function causePaint(id: string): Paint {
  return paint(own(CAUSE_FILLS, id) ?? own(FAMILY_FILLS, id.split('.')[0]!) ?? '#8a8f98');
}

export function mixPaint(instructionClass: string): Paint {
  return paint(own(MIX_FILLS, instructionClass) ?? '#b5b9c0');
}

/** A class name for the swatch of a colour: built from the colour, never from data. */
export function swatchClass(fill: string): string {
  return `fill-${fill.slice(1)}`;
}

/** Every fill there is, for the style sheet. */
export function allFills(): readonly string[] {
  const groups = [CAUSE_FILLS, FAMILY_FILLS, MIX_FILLS];
  return [...new Set([...groups.flatMap((group) => Object.values(group)), NATIVE_FILL, BROWSER_FILL, TRACED_FILL])];
}

function paint(fill: string): Paint {
  return { fill, ink: luminance(fill) > 0.19 ? '#111111' : '#ffffff' };
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
