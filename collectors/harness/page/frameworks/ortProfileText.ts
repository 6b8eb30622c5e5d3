/**
 * The profile among the lines that ONNX Runtime's Wasm printed: what natively is a file goes to its standard output there, one event a
 * line between brackets on lines of their own.
 * https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/core/common/profiler.cc
 * @throws Error if there is none
 */
export function ortProfileText(lines: readonly string[]): string {
  const from = lines.lastIndexOf('[');
  const to = lines.indexOf(']', from);
  if (from < 0 || to < 0) throw new Error('ONNX Runtime printed no profile');
  return lines.slice(from, to + 1).join('\n');
}
