/** What a call of a GPU API does. The name of its frame in CPU samples shows it. */
export type GpuFrame = 'encode' | 'compile' | 'transfer' | 'submit' | 'sync';

/** Names of the functions that the page's hook puts in place of the API's. */
export const gpuFrameNames: Readonly<Record<GpuFrame, string>> = {
  encode: 'inferscopeGpuEncode',
  compile: 'inferscopeGpuCompile',
  transfer: 'inferscopeGpuTransfer',
  submit: 'inferscopeGpuSubmit',
  sync: 'inferscopeGpuSync',
};

/**
 * Renderers that compute on the CPU: SwiftShader, Mesa's llvmpipe and lavapipe, Windows' WARP ("Microsoft Basic Render Driver").
 */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|\bwarp\b|basic render/i;

/** Whether a GPU's name, from the browser or the API, is that of a software renderer. */
export function isSoftwareRenderer(name: string): boolean {
  return SOFTWARE.test(name);
}
