/** Bytes per texel of sized formats. https://registry.khronos.org/OpenGL-Refpages/es3.0/html/glTexStorage2D.xhtml */
const SIZED: Readonly<Record<number, number>> = {
  33321: 1, // R8
  33330: 1, // R8UI
  33325: 2, // R16F
  33326: 4, // R32F
  33334: 4, // R32UI
  33333: 4, // R32I
  33323: 2, // RG8
  33327: 4, // RG16F
  33328: 8, // RG32F
  32849: 3, // RGB8
  32856: 4, // RGBA8
  36220: 4, // RGBA8UI
  34842: 8, // RGBA16F
  34836: 16, // RGBA32F
  36208: 16, // RGBA32UI
  36226: 16, // RGBA32I
  32854: 2, // RGBA4
  32855: 2, // RGB5_A1
  36194: 2, // RGB565
  33189: 2, // DEPTH_COMPONENT16
  33190: 4, // DEPTH_COMPONENT24
  36012: 4, // DEPTH_COMPONENT32F
  35056: 4, // DEPTH24_STENCIL8
  36168: 1, // STENCIL_INDEX8
};
/** Components of a format, as in the data. */
const COMPONENTS: Readonly<Record<number, number>> = {
  6403: 1, // RED
  6406: 1, // ALPHA
  6409: 1, // LUMINANCE
  6410: 2, // LUMINANCE_ALPHA
  33319: 2, // RG
  6407: 3, // RGB
  6408: 4, // RGBA
};
/** Bytes of a component. */
const TYPES: Readonly<Record<number, number>> = {
  5121: 1, // UNSIGNED_BYTE
  5126: 4, // FLOAT
  5131: 2, // HALF_FLOAT
  36193: 2, // HALF_FLOAT_OES
};

/**
 * Size of a texel of a WebGL texture or renderbuffer, bytes. Drivers may use more: many have no three-component formats.
 * @param format the internal format; an unsized one has the size of the data
 * @returns 0 for a format missing here, so that a sum is too small rather than invented
 */
export function texelBytes(format: number, outer = 0, type = 0): number {
  return SIZED[format] ?? (COMPONENTS[outer] ?? 0) * (TYPES[type] ?? 0);
}
