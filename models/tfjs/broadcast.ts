import type { Translated } from './translation.js';

type Shape = Translated['shape'];

/** The shape in which two values meet: https://github.com/onnx/onnx/blob/main/docs/Broadcasting.md */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const left = a[i - rank + a.length] ?? 1;
    return left === 1 ? (b[i - rank + b.length] ?? 1) : left;
  });
}
