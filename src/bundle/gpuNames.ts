/** What a call of a GPU API does, as the name of its frame in CPU samples tells. */
export type GpuFrame = 'encode' | 'compile' | 'transfer' | 'submit' | 'sync';

/** Names of the functions by which the page's hook replaces those of the API. */
export const gpuFrameNames: Readonly<Record<GpuFrame, string>> = {
  encode: 'inferscopeGpuEncode',
  compile: 'inferscopeGpuCompile',
  transfer: 'inferscopeGpuTransfer',
  submit: 'inferscopeGpuSubmit',
  sync: 'inferscopeGpuSync',
};

/** Renderers that compute on the CPU: SwiftShader, Mesa's llvmpipe and lavapipe, Windows' WARP ("Microsoft Basic Render Driver"). */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|\bwarp\b|basic render/i;

/** Whether the name of a GPU, as the browser or its API tells it, is that of a software renderer. */
export function isSoftwareRenderer(name: string): boolean {
  return SOFTWARE.test(name);
}
