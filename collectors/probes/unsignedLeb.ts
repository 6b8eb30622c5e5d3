/** A number as Wasm writes lengths and offsets: LEB128. https://webassembly.github.io/spec/core/binary/values.html#integers */
export function unsignedLeb(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}
