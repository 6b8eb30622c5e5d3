/** Renderers that compute on the CPU: SwiftShader, Mesa's llvmpipe and lavapipe, Windows' WARP ("Microsoft Basic Render Driver"). */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|\bwarp\b|basic render/i;

/** Whether a GPU's name, as the browser or its API tells it, is that of software. */
export function isSoftwareRenderer(name: string): boolean {
  return SOFTWARE.test(name);
}
