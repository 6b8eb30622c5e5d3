import { readFile } from 'node:fs/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, type NodeProto, type TensorProto } from 'onnx-buf';
import type { ModelFile } from '../../../models/model.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { type TensorValue, tensorView } from '../../../src/bundle/tensor.js';

/** A tensor of doubles, or of whole numbers that are shapes. */
interface Doubles {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/**
 * What an ONNX model of convolutions gives for its seeded inputs when all is computed in doubles: against this it is told who of two
 * runs in floats is closer to the truth. Slow, and only of the operators below, with one input and float outputs.
 * @throws Error for an operator that is not among them
 */
export async function outputsInDoubles(model: ModelFile): Promise<{ name: string; data: Float64Array }[]> {
  const { graph } = fromBinary(ModelProtoSchema, await readFile(model.path));
  const known = new Map<string, Doubles>(graph!.initializer.map((tensor) => [tensor.name, stored(tensor)]));
  for (const { spec, bytes } of modelFeeds(model, [], 1).inputs) {
    known.set(spec.name, { shape: spec.shape, data: Float64Array.from(tensorView('float32', bytes) as Float32Array) });
  }
  for (const node of graph!.node) {
    const operator = operators[node.opType];
    if (!operator) throw new Error(`Doubles know no ${node.opType}.`);
    known.set(
      node.output[0]!,
      operator(
        node,
        node.input.map((name) => known.get(name)!),
      ),
    );
  }
  return graph!.output.map(({ name }) => ({ name, data: known.get(name)!.data }));
}

/** The largest difference of any output to that in doubles, over the largest value. */
export function errorOf(outputs: readonly TensorValue[], truth: Awaited<ReturnType<typeof outputsInDoubles>>): number {
  const errors = truth.map(({ name, data }) => {
    const found = outputs.find((output) => output.name === name)!;
    const floats = tensorView('float32', found.data) as Float32Array;
    let [largest, difference] = [0, 0];
    for (let i = 0; i < data.length; i++) {
      largest = Math.max(largest, Math.abs(data[i]!));
      difference = Math.max(difference, Math.abs(data[i]! - floats[i]!));
    }
    return difference / largest;
  });
  return Math.max(...errors);
}

function stored({ dataType, dims, rawData, floatData, int64Data }: TensorProto): Doubles {
  const shape = dims.map(Number);
  const raw = Uint8Array.from(rawData).buffer;
  if (dataType === 7) {
    return { shape, data: Float64Array.from(rawData.length > 0 ? new BigInt64Array(raw) : int64Data, Number) };
  }
  return { shape, data: Float64Array.from(rawData.length > 0 ? new Float32Array(raw) : floatData) };
}

const attribute = ({ attribute: all }: NodeProto, name: string) => all.find((each) => each.name === name);
const ints = (node: NodeProto, name: string, usual: readonly number[]): readonly number[] =>
  attribute(node, name)?.ints.map(Number) ?? usual;
const float = (node: NodeProto, name: string, usual: number): number => attribute(node, name)?.f ?? usual;
const int = (node: NodeProto, name: string, usual: number): number => Number(attribute(node, name)?.i ?? usual);

type Compute = (node: NodeProto, inputs: readonly Doubles[]) => Doubles;

const each = ({ shape, data }: Doubles, of: (value: number) => number): Doubles => ({ shape, data: data.map(of) });

const operators: Readonly<Record<string, Compute>> = {
  Constant: (node) => stored(attribute(node, 'value')!.t!),
  Identity: (_, [x]) => x!,
  Dropout: (_, [x]) => x!,
  Relu: (_, [x]) => each(x!, (value) => Math.max(0, value)),
  Sigmoid: (_, [x]) => each(x!, (value) => 1 / (1 + Math.exp(-value))),
  HardSigmoid: (node, [x]) => {
    const [alpha, beta] = [float(node, 'alpha', 0.2), float(node, 'beta', 0.5)];
    return each(x!, (value) => Math.max(0, Math.min(1, alpha * value + beta)));
  },
  Clip: (_, [x, low, high]) => {
    const [least, most] = [low?.data[0] ?? Number.NEGATIVE_INFINITY, high?.data[0] ?? Number.POSITIVE_INFINITY];
    return each(x!, (value) => Math.max(least, Math.min(most, value)));
  },
  Add: (_, inputs) => pairwise(inputs, (a, b) => a + b),
  Mul: (_, inputs) => pairwise(inputs, (a, b) => a * b),
  Div: (_, inputs) => pairwise(inputs, (a, b) => a / b),
  BatchNormalization(node, [x, scale, bias, mean, variance]) {
    const epsilon = float(node, 'epsilon', 1e-5);
    const size = x!.data.length / x!.shape[1]!;
    const data = x!.data.map((value, i) => {
      const c = Math.floor(i / size);
      return ((value - mean!.data[c]!) / Math.sqrt(variance!.data[c]! + epsilon)) * scale!.data[c]! + bias!.data[c]!;
    });
    return { shape: x!.shape, data };
  },
  GlobalAveragePool(_, [x]) {
    const [, channels, height, width] = x!.shape as [number, number, number, number];
    const size = height * width;
    const data = Float64Array.from({ length: channels }, (_, c) => sum(x!.data.subarray(c * size, (c + 1) * size)) / size);
    return { shape: [1, channels, 1, 1], data };
  },
  Flatten: (_, [x]) => ({ shape: [1, x!.data.length], data: x!.data }),
  Concat(_, inputs) {
    const [first] = inputs;
    const channels = inputs.reduce((total, { shape }) => total + shape[1]!, 0);
    const data = new Float64Array((channels * first!.data.length) / first!.shape[1]!);
    let at = 0;
    for (const input of inputs) {
      data.set(input.data, at);
      at += input.data.length;
    }
    return { shape: [1, channels, ...first!.shape.slice(2)], data };
  },
  Gemm(node, [x, weights, bias]) {
    if (int(node, 'transB', 0) !== 1) throw new Error('Doubles know Gemm by a transposed matrix only.');
    const [rows, columns] = weights!.shape as [number, number];
    const data = Float64Array.from({ length: rows }, (_, row) => {
      let total = bias?.data[row] ?? 0;
      for (let i = 0; i < columns; i++) total += weights!.data[row * columns + i]! * x!.data[i]!;
      return total;
    });
    return { shape: [1, rows], data };
  },
  /** To the nearest, by whole factors. */
  Resize(_, inputs) {
    const [x, , scales] = inputs;
    const [, channels, height, width] = x!.shape as [number, number, number, number];
    const [up, across] = [scales!.data[2]!, scales!.data[3]!];
    const [outHeight, outWidth] = [height * up, width * across];
    const data = new Float64Array(channels * outHeight * outWidth);
    for (let i = 0; i < data.length; i++) {
      const column = i % outWidth;
      const row = Math.floor(i / outWidth) % outHeight;
      const channel = Math.floor(i / outWidth / outHeight);
      data[i] = x!.data[(channel * height + Math.floor(row / up)) * width + Math.floor(column / across)]!;
    }
    return { shape: [1, channels, outHeight, outWidth], data };
  },
  MaxPool(node, [x]) {
    const [, channels] = x!.shape as [number, number];
    const [tall, wide] = ints(node, 'kernel_shape', []) as [number, number];
    const { height, width, down, across, top, left, outHeight, outWidth } = slides(node, x!, [tall, wide]);
    const data = new Float64Array(channels * outHeight * outWidth).fill(Number.NEGATIVE_INFINITY);
    for (let i = 0; i < data.length; i++) {
      const [channel, y, column] = [Math.floor(i / outWidth / outHeight), Math.floor(i / outWidth) % outHeight, i % outWidth];
      for (let k = 0; k < tall * wide; k++) {
        const [inRow, inColumn] = [y * down - top + Math.floor(k / wide), column * across - left + (k % wide)];
        if (inRow < 0 || inRow >= height || inColumn < 0 || inColumn >= width) continue;
        data[i] = Math.max(data[i]!, x!.data[(channel * height + inRow) * width + inColumn]!);
      }
    }
    return { shape: [1, channels, outHeight, outWidth], data };
  },
  Conv(node, [x, weights, bias]) {
    const group = int(node, 'group', 1);
    const [outChannels, perGroup, tall, wide] = weights!.shape as [number, number, number, number];
    const { height, width, down, across, top, left, outHeight, outWidth } = slides(node, x!, [tall, wide]);
    const data = new Float64Array(outChannels * outHeight * outWidth);
    for (let channel = 0; channel < outChannels; channel++) {
      const out = data.subarray(channel * outHeight * outWidth, (channel + 1) * outHeight * outWidth);
      out.fill(bias?.data[channel] ?? 0);
      for (let k = 0; k < perGroup * tall * wide; k++) {
        const [c, row, column] = [Math.floor(k / (tall * wide)), Math.floor(k / wide) % tall, k % wide];
        const weight = weights!.data[channel * perGroup * tall * wide + k]!;
        const from = (Math.floor(channel / (outChannels / group)) * perGroup + c) * height * width;
        for (let y = 0; y < outHeight; y++) {
          const inRow = y * down - top + row;
          if (inRow < 0 || inRow >= height) continue;
          for (let at = 0; at < outWidth; at++) {
            const inColumn = at * across - left + column;
            if (inColumn >= 0 && inColumn < width) out[y * outWidth + at]! += weight * x!.data[from + inRow * width + inColumn]!;
          }
        }
      }
    }
    return { shape: [1, outChannels, outHeight, outWidth], data };
  },
  /** With steps as wide as the kernel, so that no two of its outputs meet. */
  ConvTranspose(_, [x, weights, bias]) {
    const [, inChannels, height, width] = x!.shape as [number, number, number, number];
    const [, outChannels, tall, wide] = weights!.shape as [number, number, number, number];
    const [outHeight, outWidth] = [height * tall, width * wide];
    const data = new Float64Array(outChannels * outHeight * outWidth);
    for (let i = 0; i < data.length; i++) {
      const column = i % outWidth;
      const row = Math.floor(i / outWidth) % outHeight;
      const channel = Math.floor(i / outWidth / outHeight);
      const from = Math.floor(row / tall) * width + Math.floor(column / wide);
      const k = (row % tall) * wide + (column % wide);
      let total = bias?.data[channel] ?? 0;
      for (let c = 0; c < inChannels; c++) {
        total += x!.data[c * height * width + from]! * weights!.data[(c * outChannels + channel) * tall * wide + k]!;
      }
      data[i] = total;
    }
    return { shape: [1, outChannels, outHeight, outWidth], data };
  },
};

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** With one value for all, or one for each channel, on either side. */
function pairwise([left, right]: readonly Doubles[], of: (a: number, b: number) => number): Doubles {
  const larger = left!.data.length >= right!.data.length ? left! : right!;
  const spread = ({ shape, data }: Doubles): ((i: number) => number) => {
    if (data.length === larger.data.length) return (i) => data[i]!;
    const size = larger.data.length / larger.shape[1]!;
    const isOne = data.length === 1;
    if (!isOne && (data.length !== larger.shape[1] || (shape.length > 1 && shape.at(-3) !== data.length))) {
      throw new Error(`Doubles do not spread ${shape} over ${larger.shape}.`);
    }
    return (i) => data[isOne ? 0 : Math.floor(i / size)]!;
  };
  const [a, b] = [spread(left!), spread(right!)];
  return { shape: larger.shape, data: larger.data.map((_, i) => of(a(i), b(i))) };
}

/** How a kernel slides over planes. */
function slides(node: NodeProto, { shape }: Doubles, [tall, wide]: readonly [number, number]) {
  const [, , height, width] = shape as [number, number, number, number];
  const [down, across] = ints(node, 'strides', [1, 1]) as [number, number];
  const [top, left, bottom, right] = ints(node, 'pads', [0, 0, 0, 0]) as [number, number, number, number];
  if (ints(node, 'dilations', [1, 1]).some((step) => step !== 1)) throw new Error('Doubles know no dilations.');
  const outHeight = Math.floor((height + top + bottom - tall) / down) + 1;
  const outWidth = Math.floor((width + left + right - wide) / across) + 1;
  return { height, width, down, across, top, left, outHeight, outWidth };
}
